"""Heartbeats as an electrocardiograph writes them."""

from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.heart_beats import LENGTH, PER_SECOND, SIGNS, Sign, spoil, traces, usual_beats
from app.parts.datasets.labelled import Labelled
from app.parts.part import setting
from app.parts.problem import Edit, Fix, Problem
from app.parts.shapes import Series

SIGN_LABELS: dict[Sign, str] = {
    "early_beat": "A beat too early",
    "no_p_wave": "No P wave",
    "wide_qrs": "Wide QRS",
    "st_elevation": "ST lifted",
}


class Ecg(Labelled):
    """Two and a half seconds of a heart's voltage, made by a model: normal, or is something wrong?

    Each beat is a sum of five waves, P, Q, R, S and T. Made for learning only, not to judge real hearts.
    Source: McSharry et al. 2003, doi.org/10.1109/TBME.2003.808805.
    """

    title: ClassVar[str] = "Heartbeats"
    group: ClassVar[str] = "series"
    also: ClassVar[tuple[str, ...]] = ("ecg", "ekg", "heart", "signal", "medicine", "arrhythmia", "time series")
    class_names: ClassVar[tuple[str, ...]] = ("normal", "not normal")

    kind: Literal["ecg"] = "ecg"
    samples: int = setting(
        1000, "Series", "How many series are made, all splits together.", ge=20, le=10_000, step=10, log=True
    )
    signs: list[Sign] = setting(
        list(SIGNS),
        "What may be wrong",
        "Every series that is not normal has one of these.",
        min_length=1,
        max_length=len(SIGNS),
        labels=SIGN_LABELS,
    )
    noise: float = setting(
        0.03, "Noise", "How far each number strays, as the standard deviation in millivolts.", ge=0, le=0.5, step=0.01
    )
    wander: float = setting(
        0.1, "Wander", "How far the ground line sways with the breath, in millivolts.", ge=0, le=1, step=0.05
    )

    def inputs(self) -> Series:
        return Series(channels=1, length=LENGTH)

    def size(self) -> int:
        return self.samples

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        count = self.samples
        ill = np.arange(count) % 2
        numbers = np.array([SIGNS.index(sign) for sign in self.signs])
        beats = usual_beats(random, count)
        spoil(random, beats, np.where(ill == 1, numbers[np.arange(count) // 2 % len(numbers)], -1))
        breath, phase = random.uniform(0.15, 0.4, (count, 1)), random.uniform(0, 1, (count, 1))  # hertz, turns
        sway = np.sin(2 * np.pi * (breath * np.arange(LENGTH) / PER_SECOND + phase))
        series = traces(beats) + self.wander * sway + self.noise * random.standard_normal((count, LENGTH))
        return series[:, None].astype(np.float32), ill

    def check(self) -> None:
        once = list(dict.fromkeys(self.signs))
        if once != self.signs:
            raise Problem(
                "One of these is chosen twice.",
                place="/signs",
                fixes=(Fix("Keep each one once", edits=(Edit("replace", "/signs", once),)),),
            )
        super().check()
