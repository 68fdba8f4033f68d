"""The four tones of Mandarin."""

from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.hearing import pitch_of
from app.parts.datasets.labelled import Labelled
from app.parts.datasets.sound import LOW, Sound
from app.parts.part import setting
from app.parts.shapes import Series

LENGTH, PER_SECOND = 40, 50  # moments of a series; it lasts 0.8 s
# The pitch at four places of a syllable, from 1, the lowest of a voice, to 5, its highest: Chao's 55, 35, 214 and 51.
CONTOURS = ((5, 5, 5, 5), (3, 2.8, 3.6, 5), (2.5, 1.3, 1.2, 3.6), (5, 4.2, 2.6, 1))
THIRD, HALF, LOWEST = 2, 0.4, 1.2  # the third tone: how often it does not rise again, and where it ends then
STRAYS = 0.15  # levels that each place strays by
SHORTEST, LONGEST = 13, 28  # moments that a syllable lasts
LOUD = 0.75  # how loud the loudest moment of a voice is; some are softer, some louder
WRONG = 0.2  # of the noise: how often the pitch is taken for one an octave off


class MandarinTones(Labelled):
    """A syllable with one of the four tones of Mandarin: high, rising, dipping, falling. Each is spoken by a voice of
    its own: pitch and range of the voice, onset, speed and noise are random.

    The first row of numbers is the pitch in octaves above 100 hertz, the second how loud it is. No voice is heard
    twice, so all that tests are new ones; how high a pitch is says nothing, only how it moves. Source of the contours:
    Chao 1930, A System of Tone Letters.
    """

    title: ClassVar[str] = "Mandarin tones"
    group: ClassVar[str] = "series"
    also: ClassVar[tuple[str, ...]] = ("sound", "speech", "voice", "audio", "pitch", "chinese", "putonghua")
    class_names: ClassVar[tuple[str, ...]] = ("high (1)", "rising (2)", "dipping (3)", "falling (4)")

    kind: Literal["mandarin_tones"] = "mandarin_tones"
    samples: int = setting(
        3000, "Syllables", "How many syllables are made, all splits together.", ge=50, le=10_000, step=50, log=True
    )
    noise: float = setting(
        0.05,
        "Noise",
        "How far each pitch strays, and how often it is taken for one an octave off.",
        ge=0,
        le=0.5,
        step=0.01,
    )

    def inputs(self) -> Series:
        return Series(channels=2, length=LENGTH)

    def sound(self) -> Sound:
        return Sound(LENGTH / PER_SECOND, [])

    def hear(self, wave: Array) -> Array:
        pitch, loud = pitch_of(wave, LENGTH, PER_SECOND)
        return np.stack([pitch, LOUD * loud]).astype(np.float32)

    def size(self) -> int:
        return self.samples

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        count = self.samples
        tones = np.arange(count) % len(CONTOURS)
        levels = np.array(CONTOURS, float)[tones]
        levels[(tones == THIRD) & (random.random(count) < HALF), -1] = LOWEST
        levels += STRAYS * random.standard_normal(levels.shape)
        middle = random.uniform(np.log2(85 / LOW), np.log2(260 / LOW), (count, 1))
        octaves = random.uniform(5, 11, (count, 1)) / 12  # of the range of each voice
        length, start = random.uniform(SHORTEST, LONGEST, (count, 1)), random.random((count, 1))
        through = (np.arange(LENGTH) - 1 - start * (LENGTH - 2 - length)) / length  # 0..1 while it sounds
        falls = random.uniform(-0.15, 0.02, (count, 1)) * np.clip(through, 0, 1)  # as every voice does towards its end
        pitch = middle + octaves * (_smooth(levels, through) - 3) / 4 + falls
        pitch += 0.1 * self.noise * random.standard_normal(pitch.shape)
        wrong = random.random(pitch.shape) < WRONG * self.noise
        pitch += wrong * random.choice([-1, 1], pitch.shape)
        loud = np.clip(np.minimum(through / 0.12, (1 - through) / 0.2), 0, 1) * random.uniform(0.5, 1, (count, 1))
        return np.stack([np.where(loud > 0, pitch, 0), loud], axis=1).astype(np.float32), tones


def _smooth(levels: Array, through: Array) -> Array:
    """The level at every moment (n, moments) between those at four places (n, 4), without corners."""
    place = np.clip(through, 0, 1) * (levels.shape[1] - 1)
    before = np.minimum(place.astype(int), levels.shape[1] - 2)
    part = place - before
    first, last = (np.take_along_axis(levels, before + at, axis=1) for at in (0, 1))
    return first + (last - first) * part**2 * (3 - 2 * part)
