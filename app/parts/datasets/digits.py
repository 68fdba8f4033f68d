"""Handwritten digits."""

from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.labelled import Labelled
from app.parts.datasets.real import RealSet, samples_of
from app.parts.shapes import Image

DARKEST = 16  # what scikit-learn gives for a pixel full of ink


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

    def inputs(self) -> Image:
        return Image(channels=1, height=8, width=8)

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        pixels, digits = super().draw(random, loaded)
        return pixels.reshape(-1, 1, 8, 8) / DARKEST, digits
