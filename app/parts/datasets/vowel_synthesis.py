"""Vowels and glides of one to another, spoken by voices made at random, as the loudness of a few bands.

A voice is a row of harmonics of its pitch, shaped by four resonances, the formants, whose frequencies make the vowel.
Source: Klatt 1980, doi.org/10.1121/1.383940; formants of men, women and children: Peterson and Barney 1952,
doi.org/10.1121/1.1906875.
"""

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.sound import SILENCE

LENGTH, PER_SECOND, BANDS = 32, 50, 16  # moments of a series; it lasts 0.64 s
LOWEST, HIGHEST = 80.0, 5000.0  # hertz
FORMANTS = {
    "a": (850, 1350, 2700, 3600),
    "e": (500, 1850, 2600, 3600),
    "i": (300, 2300, 3000, 3700),
    "o": (480, 850, 2500, 3500),
    "u": (320, 750, 2400, 3400),
}  # hertz
WIDTHS = (80, 100, 140, 200)  # hertz, of each formant
VOWELS = ("a", "e", "i", "o", "u", "ai", "ei", "au", "ia", "ua")
HARMONICS = 40
SLOPE = 6.0  # decibels an octave that harmonics lose
GLIDES = 0.09  # of the sound: how fast one vowel becomes the other
SHORTEST, LONGEST = 10, 20  # moments that a sound lasts
ROOM = 0.1  # of the loudest band: power of the noise of a room whose noise is 1
CLIPPED = 1e-6  # of the loudest: what is softer is silence


def middles() -> Array:
    """The middle of each band in hertz, evenly spread over the mel scale."""
    return _hertz(np.linspace(_mel(LOWEST), _mel(HIGHEST), BANDS + 2))[1:-1]


def spoken(random: np.random.Generator, vowels: Array, noise: float) -> Array:
    """Each of these (n,) numbers in `VOWELS` by a voice of its own: (n, bands, moments), from 0 to 1."""
    count = len(vowels)
    length, start = random.uniform(SHORTEST, LONGEST, count), random.random(count)
    begins = 1 + start * (LENGTH - 2 - length)
    through = ((np.arange(LENGTH) - begins[:, None]) / length[:, None]).astype(np.float32)  # 0..1 while it sounds
    size = random.uniform(0.82, 1.25, count)  # a short throat has high formants, and mostly a high voice
    pitch = random.uniform(90, 160, count) * size**2
    falls = random.uniform(-0.25, 0.1, count)
    pitches = pitch[:, None] * (1 + falls[:, None] * np.clip(through, 0, 1))
    power: Array = _power(pitches, _formants(random, vowels, through) * size[:, None, None])
    swells = np.clip(through / 0.15, 0, 1) * np.clip((1 - through) / 0.2, 0, 1)
    power *= swells[:, None] ** 2
    power /= power.max((1, 2), keepdims=True)
    bright = random.uniform(-6, 6, (count, 1, 1)) * np.linspace(-0.5, 0.5, BANDS)[:, None]  # decibels
    power *= 10 ** (bright / 10)
    room = ROOM * noise * random.uniform(0.2, 1.8, (count, 1, 1)) ** 2
    power += room * random.chisquare(4, power.shape) / 4
    return loudness(power, random.uniform(-6, 6, (count, 1, 1)))


def loudness(power: Array, louder: Array | float = 0.0) -> Array:
    """What networks read of the power of bands, where 1 is the loudest; all is so many decibels louder: 0 to 1."""
    decibels = 10 * np.log10(power + CLIPPED) + louder
    return (np.clip(decibels - 10, -SILENCE, 0) / SILENCE + 1).astype(np.float32)


def place_of(hertz: Array) -> Array:
    """Between which bands a frequency lies: 1 is the middle of the first, 1.5 is as far from it as from the second."""
    return (_mel(hertz) - _mel(LOWEST)) / (_mel(HIGHEST) - _mel(LOWEST)) * (BANDS + 1)


def _formants(random: np.random.Generator, vowels: Array, through: Array) -> Array:
    """The formants at every moment: (n, moments, 4) in hertz."""
    first, last = (np.array([FORMANTS[name[at]] for name in VOWELS])[vowels] for at in (0, -1))
    turn = random.uniform(0.35, 0.65, (len(vowels), 1))
    changed = 1 / (1 + np.exp(-(through - turn) / GLIDES))
    own = 1 + 0.04 * random.standard_normal((len(vowels), 1, len(WIDTHS)))
    return (first[:, None] + (last - first)[:, None] * changed[..., None]) * own


def _power(pitches: Array, formants: Array) -> Array:
    """What the harmonics of `pitches` (n, moments) leave in each band behind such formants: (n, bands, moments)."""
    numbers = np.arange(1, HARMONICS + 1, dtype=np.float32)
    hertz = (pitches[..., None] * numbers).astype(np.float32)  # (n, moments, harmonics)
    power: Array = numbers ** (-SLOPE / 10 / np.log10(2)) * np.ones_like(hertz)
    for at, width in enumerate(WIDTHS):
        middle = formants[..., at, None].astype(np.float32) ** 2
        power *= middle**2 / ((middle - hertz**2) ** 2 + (width * hertz) ** 2)
    place = place_of(hertz)
    below = np.clip(place.astype(np.int64), 0, BANDS)  # each harmonic lies between the middles of two bands
    part = place - below
    power[(place < 0) | (place >= BANDS + 1)] = 0
    sounds = np.arange(pitches.size).reshape(*pitches.shape, 1) * (BANDS + 2)
    bins = (BANDS + 2) * pitches.size
    found = np.bincount((sounds + below).ravel(), (power * (1 - part)).ravel(), bins)
    found += np.bincount((sounds + below + 1).ravel(), (power * part).ravel(), bins)
    return found.reshape(*pitches.shape, BANDS + 2)[..., 1:-1].transpose(0, 2, 1).copy()


def _mel(hertz: Array | float) -> Array:
    """Source: O'Shaughnessy 1987, Speech Communication."""
    return 2595 * np.log10(1 + np.asarray(hertz) / 700)


def _hertz(mel: Array) -> Array:
    return 700 * (10 ** (mel / 2595) - 1)
