"""Which symbol is in the majority?"""

from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.labelled import Labelled
from app.parts.shapes import Tokens

PLACES = 9


class Majority(Labelled):
    """All 512 rows of nine symbols, each A or B: which of the two occurs more often?

    The network sees symbols, not numbers, so it needs an embedding first.
    """

    title: ClassVar[str] = "Majority of nine"
    group: ClassVar[str] = "sequence"
    also: ClassVar[tuple[str, ...]] = ("bits", "vote", "tokens", "symbols")
    standardize: ClassVar[bool] = False  # pyright: ignore[reportIncompatibleVariableOverride]  tokens are no amounts
    class_names: ClassVar[tuple[str, ...]] = ("A", "B")

    kind: Literal["majority"] = "majority"

    def inputs(self) -> Tokens:
        return Tokens(length=PLACES, vocabulary=2)

    def vocabulary(self) -> list[str]:
        return list(self.class_names)

    def size(self) -> int:
        return 2**PLACES

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        tokens = np.arange(2**PLACES)[:, None] >> np.arange(PLACES) & 1
        return tokens, (tokens.sum(axis=1) > PLACES // 2).astype(np.int64)
