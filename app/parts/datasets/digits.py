"""Handwritten digits."""

from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.labelled import Labelled
from app.parts.datasets.real import RealSet, samples_of
from app.parts.part import setting
from app.parts.problem import Edit, Fix, Problem
from app.parts.shapes import Image

DARKEST = 16  # what scikit-learn gives for a pixel full of ink
ROOM = 20  # percent of all samples: twice as many as there are of one digit


class Digits(RealSet, Labelled):
    """1,797 digits written by hand, 8 × 8 pixels of grey from 0 to 1: a real picture set small enough for seconds.

    Source: Alpaydin and Kaynak 1998, UCI Optical Recognition of Handwritten Digits, by way of scikit-learn.
    """

    title: ClassVar[str] = "Digits"
    group: ClassVar[str] = "picture"
    also: ClassVar[tuple[str, ...]] = ("handwriting", "mnist", "numbers")
    loader: ClassVar[str] = "load_digits"
    class_names: ClassVar[tuple[str, ...]] = tuple("0123456789")

    kind: Literal["digits"] = "digits"
    samples: int = samples_of(1797)

    left_out: int | None = setting(
        None,
        "Left out",
        "A digit that is never learned from: it stands among the validation and test samples only. A network that"
        " learned the others should find it odd.",
        ge=0,
        le=9,
    )

    def inputs(self) -> Image:
        return Image(channels=1, height=8, width=8)

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        pixels, digits = super().draw(random, loaded)
        return pixels.reshape(-1, 1, 8, 8) / DARKEST, digits

    def kept_apart(self, targets: Array) -> Array:
        return super().kept_apart(targets) if self.left_out is None else targets == self.left_out

    def check(self) -> None:
        super().check()
        if self.left_out is not None and self.validation + self.test < ROOM:
            raise Problem(
                "Validation and test take {taken} % of the samples, too few for all of a digit that is left out.",
                place="/left_out",
                taken=self.validation + self.test,
                fixes=(
                    Fix(
                        "Keep 20 % and 20 % aside",
                        edits=(Edit("replace", "/validation", 20), Edit("replace", "/test", 20)),
                    ),
                ),
            )
