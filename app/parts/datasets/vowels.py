"""Spoken vowels."""

from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.hearing import RATE, WINDOW, power_of_bands
from app.parts.datasets.labelled import Labelled
from app.parts.datasets.sound import Sound
from app.parts.datasets.vowel_synthesis import (
    BANDS,
    LENGTH,
    PER_SECOND,
    ROOM,
    VOWELS,
    loudness,
    middles,
    place_of,
    spoken,
)
from app.parts.part import setting
from app.parts.shapes import Series


class Vowels(Labelled):
    """Five vowels and five glides from one to another: which is it? Each is spoken by a voice of its own, made by
    formant synthesis: size of the throat, pitch, onset, speed and noise are random.

    The numbers say how loud 16 bands are, 50 times a second. No voice is heard twice, so all that tests are new ones.
    Made voices are not real ones, which may fail. Sources: Klatt 1980, doi.org/10.1121/1.383940; Peterson and Barney
    1952, doi.org/10.1121/1.1906875.
    """

    title: ClassVar[str] = "Spoken vowels"
    group: ClassVar[str] = "series"
    also: ClassVar[tuple[str, ...]] = ("sound", "speech", "voice", "audio", "spectrogram", "formants", "phonemes")
    class_names: ClassVar[tuple[str, ...]] = VOWELS

    kind: Literal["vowels"] = "vowels"
    samples: int = setting(
        2000, "Sounds", "How many sounds are made, all splits together.", ge=50, le=10_000, step=50, log=True
    )
    noise: float = setting(0.1, "Noise", "How loud the room is; from sound to sound it varies.", ge=0, le=1, step=0.05)

    def inputs(self) -> Series:
        return Series(channels=BANDS, length=LENGTH)

    def sound(self) -> Sound:
        return Sound(LENGTH / PER_SECOND, [round(float(hertz)) for hertz in middles()])

    def hear(self, wave: Array) -> Array:
        """As loud as the samples are, in a room like theirs."""
        places = place_of(np.fft.rfftfreq(WINDOW, 1 / RATE))
        power = power_of_bands(wave, np.where(places < BANDS + 1, places, 0), LENGTH, PER_SECOND)
        return loudness(power / max(power.max(), np.finfo(float).tiny) + ROOM * self.noise)

    def size(self) -> int:
        return self.samples

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        vowels = np.arange(self.samples) % len(VOWELS)
        return spoken(random, vowels, self.noise), vowels
