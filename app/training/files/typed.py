"""What a column of text holds: numbers, dates, a category or free text; and its cells as numbers."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from app.parts.datasets.columns import LONGEST_VALUE, MOST_VALUES, Column
from app.parts.datasets.dataset import Array
from app.parts.datasets.own_table import quoted
from app.parts.problem import Problem
from app.training.files.sheet import Sheet
from app.uploads.names import clean_name

ENOUGH = 0.95  # share of the filled cells that have to fit for a column to be numbers or dates
FEW = 10  # whole numbers up to so many different ones may be meant as classes
LARGEST = 1e30  # beyond it, squares would leave float32
SMALL_SPREAD, LARGE_SPREAD = 0.1, 5.0  # of a target that is learned as it stands
FAR = 5.0  # spreads between a mean and 0, from which on a target counts from near its mean
EXAMPLES, LONGEST_EXAMPLE = 3, 40
DAY = 86_400.0  # seconds

NUMBER = r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?"
PERCENT = r"[+-]?\d+([.,]\d+)? ?%"
THOUSANDS = r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?"
COMMA = r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?|[+-]?\d+,\d+"  # as in 1.234,5
CODE = r"[+-]?0\d+"  # leading zeros are kept of codes, never of amounts
TIME = r"[ T](\d{1,2}:\d{2}(:\d{2})?)[^ ]*"
# Ways to write a date, each with its format for DuckDB; where two fit equally well, the first is meant.
DATES = (
    (r"\d{4}-\d{1,2}-\d{1,2}", "%Y-%m-%d"),
    (r"\d{4}/\d{1,2}/\d{1,2}", "%Y/%m/%d"),
    (r"\d{4}\.\d{1,2}\.\d{1,2}", "%Y.%m.%d"),
    (r"\d{4}年\d{1,2}月\d{1,2}日", "%Y年%m月%d日"),
    (r"\d{1,2}\.\d{1,2}\.\d{4}", "%d.%m.%Y"),
    (r"\d{1,2}/\d{1,2}/\d{4}", "%d/%m/%Y"),
    (r"\d{1,2}/\d{1,2}/\d{4}", "%m/%d/%Y"),
    (r"\d{1,2}-\d{1,2}-\d{4}", "%d-%m-%Y"),
    (r"\d{1,2}-\d{1,2}-\d{4}", "%m-%d-%Y"),
    (r"\d{1,2}[ -][A-Za-z]{3}[ -]\d{4}", "%d %b %Y"),
    (r"[A-Za-z]{3} \d{1,2}, \d{4}", "%b %d, %Y"),
)


@dataclass(eq=False)
class Typed:
    """A column and its cells: numbers, days since the earliest, or numbers of a category; none of a free text.

    An empty cell is NaN, in a category −1. `low` and `high` are of numbers; of dates, written as ISO has it.
    """

    column: Column
    distinct: int
    examples: list[str]
    cells: Array | None = None
    low: float | str | None = None
    high: float | str | None = None
    warnings: list[Problem] = field(default_factory=list[Problem])


@dataclass(frozen=True)
class Cells:
    """One column of a sheet, to be asked about. `c` is its name in SQL."""

    sheet: Sheet
    c: str
    filled: int

    def count(self, condition: str, *values: Any) -> int:
        """For how many cells a condition holds."""
        return self.sheet.ask(f"SELECT count(*) FROM t WHERE {condition}", *values)[0][0]

    def enough(self, count: int) -> bool:
        """Whether so many cells are nearly all that are filled."""
        return count >= ENOUGH * self.filled

    def array(self, expression: str, *values: Any) -> Array:
        """An expression over the column as float64, NaN where it is NULL."""
        result: Any = self.sheet.connection.execute(f"SELECT {expression} AS x FROM t", list(values))
        numbers = result.fetchnumpy()["x"]
        return np.ma.filled(numbers.astype(float), np.nan)


def typed(sheet: Sheet, number: int) -> Typed | None:
    """What the column of this number holds. None where it is empty."""
    c = f"c{number}"
    [(filled, distinct, longest)] = sheet.ask(f"SELECT count({c}), count(DISTINCT {c}), max(len({c})) FROM t")
    if not filled:
        return None
    cells = Cells(sheet, c, filled)
    first = sheet.ask(f"SELECT {c} FROM t WHERE {c} IS NOT NULL LIMIT 200")
    examples = [clean_name(one, LONGEST_EXAMPLE) for one in dict.fromkeys(one for (one,) in first)][:EXAMPLES]
    plain = Typed(Column(name=sheet.names[number], type="text", missing=sheet.rows - filled), distinct, examples)
    repeated = 2 * distinct <= filled or distinct <= 2
    return (
        _numbers(cells, plain)
        or _dates(cells, plain)
        or (_category(cells, plain) if distinct <= MOST_VALUES and longest <= LONGEST_VALUE and repeated else plain)
    )


def _numbers(cells: Cells, plain: Typed) -> Typed | None:
    c = cells.c
    for pattern, expression in _readings(cells.sheet.dialect.delimiter):
        whole = pattern if pattern == NUMBER else f"{pattern}|{NUMBER}"
        if not cells.enough(cells.count(f"regexp_full_match({c}, ?)", whole)):
            continue
        if cells.count(f"regexp_full_match({c}, ?)", CODE):
            return None
        numbers = cells.array(f"try_cast({expression.format(c)} AS DOUBLE)")
        numbers[~(np.abs(numbers) <= LARGEST)] = np.nan
        break
    else:
        return None
    there = numbers[~np.isnan(numbers)]
    if not len(there):
        return None
    different = np.unique(there)
    few = len(different) <= FEW and np.array_equal(different, np.round(different))
    values = [str(int(one)) for one in different] if few else []
    origin, unit = _scale(there)
    found = _found(cells, plain, numbers, values=values, type="number", origin=origin, unit=unit)
    found.distinct, found.low, found.high = len(different), float(different[0]), float(different[-1])
    return found


def _scale(numbers: Array) -> tuple[float, float]:
    """From where, and in which power of ten, numbers are of the size of 1."""
    mean, spread = float(numbers.mean()), float(numbers.std())
    if spread <= abs(mean) * 1e-12:  # all the same, up to rounding
        return 0.0, 1.0
    unit = 1.0 if SMALL_SPREAD <= spread <= LARGE_SPREAD else 10.0 ** round(np.log10(spread))
    return float(round(mean / unit)) * unit if abs(mean) > FAR * spread else 0.0, unit


def _readings(delimiter: str) -> list[tuple[str, str]]:
    """Ways to write a number, each with the SQL that makes it one. Between commas a comma cannot be the decimal one."""
    readings = [(NUMBER, "{0}"), (PERCENT, "replace(rtrim({0}, '% '), ',', '.')")]
    if delimiter == ",":
        return [*readings, (THOUSANDS, "replace({0}, ',', '')")]
    return [*readings, (COMMA, "replace(replace({0}, '.', ''), ',', '.')"), (THOUSANDS, "replace({0}, ',', '')")]


def _dates(cells: Cells, plain: Typed) -> Typed | None:
    c = cells.c
    fitting: list[tuple[int, str, str]] = []
    for pattern, form in DATES:
        if cells.enough(cells.count(f"regexp_full_match({c}, ?)", f"({pattern})({TIME})?")):
            spelled = f"regexp_extract({c}, '^{pattern}')"
            if "%b" in form:
                spelled = f"replace({spelled}, '-', ' ')"
            day = f"try_strptime({spelled}, '{form}')"
            count = cells.count(f"{day} IS NOT NULL")
            if cells.enough(count):
                fitting.append((count, form, day))
    if not fitting:
        return None
    most = max(count for count, *_ in fitting)
    best = [(form, day) for count, form, day in fitting if count == most]
    form, day = best[0]
    hour = f"coalesce(epoch(try_cast(regexp_extract({c}, '{TIME}', 1) AS TIME)), 0)"
    seconds = cells.array(f"epoch({day}) + {hour}")
    earliest = np.floor(np.nanmin(seconds) / DAY)
    found = _found(cells, plain, seconds / DAY - earliest, type="date", earliest=_iso(earliest))
    found.low, found.high = found.column.earliest, _iso(np.floor(np.nanmax(seconds) / DAY))
    if len(best) > 1:
        found.warnings.append(
            Problem(
                "The dates in {column} may be read in two ways; {example} is taken for {date} (year-month-day).",
                column=quoted(found.column.name),
                example=f"“{found.examples[0]}”",
                date=_iso(np.floor(seconds[~np.isnan(seconds)][0] / DAY)),
            )
        )
    return found


def _category(cells: Cells, plain: Typed) -> Typed:
    values = sorted(one for (one,) in cells.sheet.ask(f"SELECT DISTINCT {cells.c} FROM t WHERE {cells.c} IS NOT NULL"))
    codes = cells.array(f"list_position(?::VARCHAR[], {cells.c}) - 1", values)
    column = plain.column.model_copy(update={"type": "category", "values": values})
    return Typed(column, plain.distinct, plain.examples, np.where(np.isnan(codes), -1, codes).astype(np.int16))


def _found(cells: Cells, plain: Typed, numbers: Array, **more: Any) -> Typed:
    """The typed column; what did not fit counts as empty, and is told."""
    missing = int(np.isnan(numbers).sum())
    column = Column.model_validate({**plain.column.model_dump(), **more, "missing": missing})
    strange = missing - plain.column.missing
    warnings: list[Problem] = []
    if strange:
        row = int(np.flatnonzero(np.isnan(numbers) & (cells.array(f"({cells.c} IS NOT NULL)::INT") > 0))[0])
        [(example,)] = cells.sheet.ask(f"SELECT {cells.c} FROM t LIMIT 1 OFFSET {row}")
        kind = "What is no number in {column}, such as {example}, counts as empty: {count} ×."
        if column.type == "date":
            kind = "What is no date in {column}, such as {example}, counts as empty: {count} ×."
        warnings = [
            Problem(
                kind, count=strange, column=quoted(column.name), example=f"“{clean_name(example, LONGEST_EXAMPLE)}”"
            )
        ]
    return Typed(column, plain.distinct, plain.examples, numbers, warnings=warnings)


def _iso(days: float) -> str:
    return str(np.datetime64(int(days), "D"))
