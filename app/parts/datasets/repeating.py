"""Saying a row of symbols again."""

from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.tagged import Tagged
from app.parts.part import setting

NOTHING = 0  # the label of what is only read


class Repeating(Tagged):
    """A row of symbols, a sign, and then as many empty places: the row is to be said again there, in its order or
    backwards.

    All of it has to be remembered at once, and the state has only so many numbers. Source of the task: Graves et al.
    2014, arXiv:1410.5401.
    """

    title: ClassVar[str] = "Copy or reverse"
    also: ClassVar[tuple[str, ...]] = ("copy task", "memory", "reverse", "repeat", "backwards")

    kind: Literal["repeating"] = "repeating"
    samples: int = setting(
        3000, "Rows", "How many rows are made, all splits together.", ge=50, le=20_000, step=50, log=True
    )
    different: int = setting(8, "Symbols", "How many different symbols there are.", ge=2, le=9)
    most: int = setting(6, "Longest", "How many symbols stand in the longest row.", ge=2, le=100)
    order: Literal["same", "reversed"] = setting(
        "reversed",
        "Order",
        "Backwards, what came last is said first.",
        labels={"same": "as read", "reversed": "backwards"},
    )

    def longest(self) -> int:
        return 2 * self.most + 1

    def symbols(self) -> list[str]:
        return [*self.tags()[1:], "?", "_"]

    def tags(self) -> tuple[str, ...]:
        return ("nothing", *(str(number) for number in range(1, self.different + 1)))

    def lengths(self, tokens: Array) -> Array:
        return (tokens == self.different + 1).argmax(axis=1)

    def size(self) -> int:
        return self.samples

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        asks, empty = self.different + 1, self.different + 2
        tokens = np.zeros((self.samples, self.longest()), np.int64)
        tags = np.full_like(tokens, NOTHING)
        rows = random.integers(1, self.different + 1, (self.samples, self.most))
        for row, length in enumerate(random.integers(1, self.most + 1, self.samples).tolist()):
            said = rows[row, :length]
            tokens[row, : 2 * length + 1] = [*said, asks, *[empty] * length]
            tags[row, length + 1 : 2 * length + 1] = said if self.order == "same" else said[::-1]
        return tokens, tags
