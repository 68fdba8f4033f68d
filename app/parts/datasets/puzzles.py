"""Little puzzles of symbols, asked at twice the length that was learned."""

from collections.abc import Callable
from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.tagged import Tagged
from app.parts.part import setting

NOTHING = 0  # the label of what is only read
DIGITS = "0123456789"
ASKS, PLUS, EMPTY = "=", "+", "_"
BASE = len(DIGITS)
SHARE = 0.2  # of all rows that validate, and of those that test, unless somebody wants it otherwise
Kind = Literal["copy", "reverse", "sort", "parity", "addition", "modular"]


class Puzzles(Tagged):
    """A row of digits, a sign, and as many empty places as the answer has: it is to be said there. What is learned are
    short rows; those that validate are up to twice as long, and those that test are all
    longer, as long as the shares of the split are 20 %.

    Copy and reverse: the row again. Sort: its digits, the smallest first. Parity: of zeros and ones, whether the ones
    are odd (1) or even (0). Addition: of two numbers with as many digits each, their sum with one digit more. Sum
    modulo 10: the last digit of the sum of all. Longer rows ask for a rule, not for rows that were seen.
    """

    title: ClassVar[str] = "Symbol puzzles"
    also: ClassVar[tuple[str, ...]] = (
        "copy task",
        "reverse",
        "sort",
        "parity",
        "addition",
        "modular arithmetic",
        "length generalisation",
        "algorithmic tasks",
    )
    in_order: ClassVar[bool] = True
    asks_longer: ClassVar[bool] = True

    kind: Literal["puzzles"] = "puzzles"
    samples: int = setting(
        6000, "Rows", "How many rows are made, all splits together.", ge=50, le=20_000, step=50, log=True
    )
    puzzle: Kind = setting(
        "reverse",
        "Puzzle",
        "What is to be answered.",
        labels={
            "copy": "copy",
            "reverse": "reverse",
            "sort": "sort",
            "parity": "parity",
            "addition": "addition",
            "modular": "sum modulo 10",
        },
    )
    learned: int = setting(
        5,
        "Longest learned",
        "How many digits the longest row has that is learned. Asked are twice as many.",
        ge=2,
        le=12,
    )

    def longest(self) -> int:
        return self._places(2 * self.learned)

    def symbols(self) -> list[str]:
        return [*DIGITS, PLUS, ASKS, EMPTY]

    def tags(self) -> tuple[str, ...]:
        return ("nothing", *DIGITS)

    def size(self) -> int:
        return self.samples

    def lengths(self, tokens: Array) -> Array:
        asks = (tokens == self.vocabulary().index(ASKS)).argmax(axis=1)
        return (asks - 1) // 2 if self.puzzle == "addition" else asks

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        place = np.arange(self.samples) / self.samples  # in the order in which they are split
        low = np.where(place < 1 - SHARE, 1, self.learned + 1)
        high = np.where(place < 1 - 2 * SHARE, self.learned, 2 * self.learned)
        lengths = random.integers(low, high + 1)
        numbers = {sign: number for number, sign in enumerate(self.vocabulary())}
        tokens = np.zeros((self.samples, self.longest()), np.int64)
        tags = np.full_like(tokens, NOTHING)
        for row, length in enumerate(lengths.tolist()):
            read, answer = self._pair(random, length)
            written = f"{read}{ASKS}{EMPTY * len(answer)}"
            tokens[row, : len(written)] = [numbers[sign] for sign in written]
            tags[row, len(read) + 1 : len(written)] = [int(digit) + 1 for digit in answer]
        return tokens, tags

    def _places(self, length: int) -> int:
        read, answer = self._pair(np.random.default_rng(0), length)
        return len(read) + 1 + len(answer)

    def _pair(self, random: np.random.Generator, length: int) -> tuple[str, str]:
        """What is read, and the answer."""
        if self.puzzle == "addition":
            first, second = ("".join(map(str, random.integers(0, BASE, length))) for _ in range(2))
            return f"{first}{PLUS}{second}", str(int(first) + int(second)).zfill(length + 1)
        row = "".join(map(str, random.integers(0, 2 if self.puzzle == "parity" else BASE, length)))
        return row, ANSWERS[self.puzzle](row)


ANSWERS: dict[str, Callable[[str], str]] = {
    "copy": lambda row: row,
    "reverse": lambda row: row[::-1],
    "sort": lambda row: "".join(sorted(row)),
    "parity": lambda row: str(row.count("1") % 2),
    "modular": lambda row: str(sum(map(int, row)) % BASE),
}
