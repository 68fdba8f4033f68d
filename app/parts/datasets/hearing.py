"""What there is to hear in a wave, from moment to moment: how loud each band is, or how high its pitch."""

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.sound import LOW

RATE = 16_000  # numbers of a wave in a second
WINDOW = 512  # numbers that a spectrum is made of: 32 milliseconds
PITCHES = (70, 500)  # hertz of voices
LONG_WINDOW = 1024  # several periods of the lowest voice
AS_GOOD = 0.9  # of the best likeness: the shortest period that reaches it is taken
VOICED = 0.5  # likeness of a wave to itself a period later, below which it has no pitch
SOFT = 0.1  # of the loudest: what is softer is silence


def power_of_bands(wave: Array, places: Array, moments: int, per_second: int) -> Array:
    """The power of each band at so many moments around the loudest: (bands, moments).

    `places` (WINDOW // 2 + 1,) says of each frequency of a spectrum between which bands it lies: 1 is the middle of the
    first, 1.5 belongs to the first two alike.
    """
    spectra = np.abs(np.fft.rfft(_windows(wave, WINDOW, moments, per_second) * np.hanning(WINDOW))) ** 2
    bands = np.arange(1, int(places.max()) + 1)[:, None]
    return np.clip(1 - np.abs(places - bands), 0, 1) @ spectra.T


def pitch_of(wave: Array, moments: int, per_second: int) -> tuple[Array, Array]:
    """The pitch in octaves above 100 hertz and the loudness from 0 to 1 at so many moments around the loudest; where
    there is no pitch, both are 0.

    The pitch is that of the shortest period after which the wave is nearly as like itself as after any. Source:
    Rabiner 1977, On the Use of Autocorrelation Analysis for Pitch Detection, doi.org/10.1109/TASSP.1977.1162905.
    """
    windows = _windows(wave, LONG_WINDOW, moments, per_second)
    windows = windows - windows.mean(axis=1, keepdims=True)
    power = np.abs(np.fft.rfft(windows, 2 * LONG_WINDOW)) ** 2
    likeness = np.fft.irfft(power)[:, :LONG_WINDOW] * LONG_WINDOW / (LONG_WINDOW - np.arange(LONG_WINDOW))
    likeness /= np.maximum(likeness[:, :1], np.finfo(float).tiny)
    shortest, longest = (RATE // hertz for hertz in PITCHES[::-1])
    periods = likeness[:, shortest : longest + 1]
    best = periods.max(axis=1)
    peak = (periods[:, 1:-1] >= periods[:, :-2]) & (periods[:, 1:-1] >= periods[:, 2:])
    good = peak & (periods[:, 1:-1] >= AS_GOOD * best[:, None])
    pitch = np.log2(RATE / (shortest + 1 + good.argmax(axis=1)) / LOW)
    loud = np.sqrt((windows**2).mean(axis=1))
    loud /= max(loud.max(), np.finfo(float).tiny)
    heard = (best >= VOICED) & good.any(axis=1) & (loud >= SOFT)
    return np.where(heard, pitch, 0), np.where(heard, loud, 0)


def _windows(wave: Array, width: int, moments: int, per_second: int) -> Array:
    """Pieces of the wave, `width` long, one around each moment: (moments, width). Where the wave is longer than all of
    them, they lie around its loudest part."""
    hop = RATE // per_second
    loud = np.add.reduceat(wave**2, np.arange(0, len(wave), hop))
    around = np.convolve(loud, np.ones(moments))  # how loud it is from each moment on; the first begins before the wave
    loudest = np.flatnonzero(around >= around.max() * (1 - 1e-3))
    first = int(loudest[len(loudest) // 2]) - moments + 1
    room = np.zeros(moments * hop + width)
    padded = np.concatenate([room, wave, room])
    starts = len(room) + (first + np.arange(moments)) * hop + hop // 2 - width // 2
    return padded[starts[:, None] + np.arange(width)]
