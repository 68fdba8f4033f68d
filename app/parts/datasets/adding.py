"""The adding problem: remember two numbers among many."""

from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array, Dataset
from app.parts.part import setting
from app.parts.shapes import Features, Series


class Adding(Dataset):
    """A row of random numbers, two of them marked: what is their sum?

    The first mark stands in the first half, the second in the second, so one number is to be remembered over many that
    mean nothing. Always answering 1 has a mean squared error of 0.167. Source: Hochreiter and Schmidhuber 1997,
    doi.org/10.1162/neco.1997.9.8.1735.
    """

    title: ClassVar[str] = "Adding problem"
    group: ClassVar[str] = "series"
    also: ClassVar[tuple[str, ...]] = ("memory", "long-term dependency", "remember")

    kind: Literal["adding"] = "adding"
    samples: int = setting(
        5000, "Rows", "How many rows are made, all splits together.", ge=50, le=20_000, step=50, log=True
    )
    length: int = setting(50, "Length", "How many numbers stand in a row.", ge=4, le=200)

    def inputs(self) -> Series:
        return Series(channels=2, length=self.length)

    def target(self) -> Features:
        return Features(size=1)

    def size(self) -> int:
        return self.samples

    def lags(self, raw: Array) -> Array:
        return self.length - 1 - raw[:, 1].argmax(axis=1)

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        count, half = self.samples, self.length // 2
        numbers = random.random((count, self.length))
        marks = np.zeros_like(numbers)
        rows = np.arange(count)
        marks[rows, random.integers(0, half, count)] = 1
        marks[rows, random.integers(half, self.length, count)] = 1
        sums = (numbers * marks).sum(axis=1, keepdims=True)
        return np.stack([numbers, marks], axis=1).astype(np.float32), sums.astype(np.float32)
