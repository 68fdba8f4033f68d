"""One column of a sheet, to be asked about, and what in it counts as empty."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from app.parts.datasets.dataset import Array
from app.training.files.reader import literal
from app.training.files.sheet import Sheet

ENOUGH = 0.95  # share of the filled cells that have to fit for a column to be numbers or dates

# What people and programs write into a cell that is empty.
EMPTY = (
    "NA",
    "N/A",
    "n/a",
    "n.a.",
    "N.A.",
    "#N/A",
    "#NV",
    "<NA>",
    "NaN",
    "nan",
    "NaT",
    "NULL",
    "null",
    "Null",
    "(blank)",
    "(null)",
    "(empty)",
    "?",
    "-",
    "--",
    "—",
    "#VALUE!",
    "#DIV/0!",
    "#REF!",
    "#NAME?",
    "#NUM!",
    "缺失",
    "空",
    "无数据",
)
# Among numbers and dates these are empty, too; among words they are words: “None” may be an answer, “missing” a state.
EMPTY_AMONG_NUMBERS = ("None", "none", "missing", "Missing", "MISSING", "unknown", "Unknown", ".", "..", "无")


@dataclass(frozen=True)
class Cells:
    """One column of a sheet. `c` is SQL that gives its cells, NULL where they are empty."""

    sheet: Sheet
    c: str
    filled: int

    @classmethod
    def of(cls, sheet: Sheet, number: int, filled: int, empty: dict[str, int]) -> "Cells":
        """The column of this number, of whose `filled` cells those with the words `empty` are empty."""
        words = ", ".join(map(literal, empty))
        c = f"(CASE WHEN c{number} NOT IN ({words}) THEN c{number} END)" if empty else f"c{number}"
        return cls(sheet, c, filled - sum(empty.values()))

    def count(self, condition: str, *values: Any) -> int:
        """For how many cells a condition holds."""
        return self.sheet.ask(f"SELECT count(*) FROM t WHERE {condition}", *values)[0][0]

    def enough(self, count: int) -> bool:
        """Whether so many cells are nearly all that are filled."""
        return count >= ENOUGH * self.filled

    def column(self, expression: str, table: str = "t", *values: Any) -> Array:
        """An expression over a table as float64, NaN where it is NULL."""
        result: Any = self.sheet.connection.execute(f"SELECT {expression} AS x FROM {table}", list(values))
        return np.ma.filled(result.fetchnumpy()["x"].astype(float), np.nan)


def emptied(sheet: Sheet, number: int, empty: tuple[str, ...]) -> dict[str, int]:
    """Which of these words stand in a column, and in how many cells each."""
    if not empty:
        return {}
    words = ", ".join(map(literal, empty))
    rows = sheet.ask(f"SELECT c{number}, count(*) FROM t WHERE c{number} IN ({words}) GROUP BY 1 ORDER BY 2 DESC, 1")
    return {str(word): int(count) for word, count in rows}
