"""As many b as a."""

from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.tagged import Tagged
from app.parts.part import setting

A, B = 1, 2
A_OR_B, ONLY_B, END = 0, 1, 2


class Counting(Tagged):
    """Words of so many a and just as many b: ab, aabb, aaabbb. What may come next, at each place?

    Among the a that may be either; among the b only b, until there are as many, and then the word ends: one has to
    count. The shortest words are learned from, longer ones validate, the longest test, so what was learned has to go
    beyond what was seen. Source: Gers and Schmidhuber 2001, doi.org/10.1109/72.963769.
    """

    title: ClassVar[str] = "Counting (aⁿbⁿ)"
    also: ClassVar[tuple[str, ...]] = ("anbn", "grammar", "context-free", "count", "extrapolation", "formal language")
    in_order: ClassVar[bool] = True
    asks_longer: ClassVar[bool] = True

    kind: Literal["counting"] = "counting"
    most: int = setting(40, "Most of each", "How many a and b the longest word has.", ge=8, le=100)
    validation: int = setting(
        25, "Validation", "Share kept aside to tune by. The network never learns from it.", ge=0, le=80, unit="%"
    )
    test: int = setting(25, "Test", "Share sealed until the end, for one honest answer.", ge=0, le=80, unit="%")

    def longest(self) -> int:
        return 2 * self.most

    def symbols(self) -> list[str]:
        return ["a", "b"]

    def tags(self) -> tuple[str, ...]:
        return ("a or b", "b", "end")

    def lengths(self, tokens: Array) -> Array:
        return (tokens == A).sum(axis=1)

    def size(self) -> int:
        return self.most

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        count = np.arange(1, self.most + 1)[:, None]
        place = np.arange(self.longest())
        tokens = np.select([place < count, place < 2 * count], [A, B], 0)
        tags = np.select([place < count, place == 2 * count - 1, place < 2 * count], [A_OR_B, END, ONLY_B], 0)
        return tokens, tags
