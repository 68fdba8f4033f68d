"""A formula that a person typed: read by a parser of our own, never by Python, and computed over whole columns."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from app.parts.expressions.parsing import tree_of
from app.parts.expressions.printing import in_full, pretty
from app.parts.expressions.tree import Array, Columns, Node, names_in

LARGEST = 1e6  # no value is further from 0


@dataclass(frozen=True)
class Formula:
    """`x1^2 + sin(3*x2)`, or a rule such as `x1^2 + x2^2 < 4 and x1 > 0`. Made by `parse`.

    Numbers, the names it is given, π, e, + - * / ^, brackets; sin cos tan exp log sqrt abs min max sign tanh floor;
    comparisons < <= > >=, joined by and, or, not. Where a number is wanted, what is true counts 1.
    """

    text: str
    tree: Node

    @classmethod
    def parse(cls, text: str, names: Iterable[str]) -> "Formula":
        """The formula over these names. Raises `Problem` with the character where it cannot be read."""
        return _parsed(text, tuple(names))

    @property
    def is_rule(self) -> bool:
        """Whether it says yes or no, not how much."""
        return self.tree.truth

    @property
    def names(self) -> frozenset[str]:
        """The names it looks at, as they were given."""
        return frozenset(names_in(self.tree))

    def values(self, columns: Columns) -> Array:
        """One value for each row of the columns, which hold at least `names`: (n,) bool of a rule, else float64.

        None is infinite or NaN: where there is no value (0 divided by 0, the logarithm of a negative number) it is 0,
        and beyond ±1,000,000 it is that.
        """
        values = self._computed(columns)
        return values if self.is_rule else np.clip(np.nan_to_num(values, nan=0.0), -LARGEST, LARGEST)

    def defined(self, columns: Columns) -> Array:
        """(n,) bool: in which rows it has a value."""
        return np.isfinite(self._computed(columns))

    def pretty(self) -> str:
        """As in a book: x₁² + sin(3·x₂)."""
        return pretty(self.tree)

    def in_full(self) -> str:
        """With a bracket around every operation: ((x1 ** 2.0) + sin((3.0 * x2)))."""
        return in_full(self.tree)

    def _computed(self, columns: Columns) -> Array:
        with np.errstate(all="ignore"):
            values = self.tree.values(columns)
        rows = next(iter(columns.values())).shape
        return np.broadcast_to(np.asarray(values), rows).copy()


@lru_cache(maxsize=1024)
def _parsed(text: str, names: tuple[str, ...]) -> Formula:
    return Formula(text, tree_of(text, names))
