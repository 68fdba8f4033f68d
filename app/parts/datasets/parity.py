"""Is the number of ones odd?"""

from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.labelled import Labelled
from app.parts.part import setting
from app.parts.shapes import Tokens


class Parity(Labelled):
    """Rows of symbols, each 0 or 1: is the number of ones even or odd?

    Every symbol turns the answer round, so no part of a row says anything by itself. A state of one bit is enough, but
    it is hard to find.
    """

    title: ClassVar[str] = "Parity"
    group: ClassVar[str] = "sequence"
    also: ClassVar[tuple[str, ...]] = ("xor", "bits", "odd", "even", "tokens")
    standardize: ClassVar[bool] = False  # pyright: ignore[reportIncompatibleVariableOverride]  tokens are no amounts
    class_names: ClassVar[tuple[str, ...]] = ("even", "odd")

    kind: Literal["parity"] = "parity"
    samples: int = setting(
        2000, "Rows", "How many rows are made, all splits together.", ge=50, le=20_000, step=50, log=True
    )
    length: int = setting(12, "Length", "How many symbols stand in a row.", ge=2, le=200)

    def inputs(self) -> Tokens:
        return Tokens(length=self.length, vocabulary=2)

    def vocabulary(self) -> list[str]:
        return ["0", "1"]

    def size(self) -> int:
        return self.samples

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        tokens = random.integers(0, 2, (self.samples, self.length))
        return tokens, tokens.sum(axis=1) % 2
