"""Whether the first row of a table holds the names of its columns: told by the rows below it.

DuckDB's own rule takes a row of numbers for data, and the first row of text for names; people's tables have years and
running numbers as names, and tables of text without any.
"""

import re
from itertools import pairwise

NUMBER = re.compile(r"[(]?[-+−]?[$€£¥]? ?\d[\d.,' ]*([eE][+-]?\d+)?\s?[^\d\s]{0,12}[)]?")
DATE = re.compile(r"\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}.*|\d{1,2}[- ][A-Za-z]{3}[- ]\d{2,4}.*")
ENOUGH = 0.8  # share of the cells below that have to be numbers or dates
CERTAIN = 1000.0  # a vote that no other outweighs
REPEATED = 2  # times that a value occurs on average in a column of few values


def has_header(first: list[str | None], rows: list[list[str | None]]) -> bool:
    """Whether `first` names the columns of `rows`. Where nothing tells, it does not: no row is lost."""
    if not rows:  # names alone, or one row of data
        return not any(_measured(cell or "") for cell in first)
    return sum(_votes(first, [[row[at] for row in rows] for at in range(len(first))])) > 0


def _votes(first: list[str | None], columns: list[list[str | None]]) -> list[float]:
    """For each column, how much its first cell looks like a name (above 0) or like the cells below it."""
    counted = _counts_on([cell for cell in first if cell])
    return [
        _vote(cell or "", [value for value in below if value], counted)
        for cell, below in zip(first, columns, strict=True)
    ]


def _vote(cell: str, below: list[str], counted: bool) -> float:
    if not below:
        return 0.0
    measured = sum(bool(_measured(value)) for value in below) >= ENOUGH * len(below)
    if not cell:
        return 0.5 if measured else 0.0  # the corner above row names is empty
    if measured:
        if not _measured(cell):
            return 2.0
        return 1.0 if counted and cell not in below else -1.0
    if _measured(cell):  # a number above words is a name; of several that count on there is no doubt
        return CERTAIN if counted and not any(map(_measured, below)) else 1.0
    few = len(below) >= REPEATED * len(set(below))
    if cell in below:
        return -1.0
    return 0.5 if few else 0.0


def _measured(cell: str) -> bool:
    return bool(NUMBER.fullmatch(cell) or DATE.fullmatch(cell))


def _counts_on(cells: list[str]) -> bool:
    """Whether the numbers among these names count on, as years or places do: 2019, 2020, 2021."""
    numbers = [int(cell) for cell in cells if cell.isdecimal() and len(cell) < 10]
    others = [cell for cell in cells if not cell.isdecimal()]
    if not numbers or any(_measured(other) for other in others):
        return False
    steps = {after - before for before, after in pairwise(numbers)}
    return steps == {1} or (not steps and bool(others) and 1000 <= numbers[0] <= 2999)
