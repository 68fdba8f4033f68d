"""What a column of text holds: numbers, dates, a category or free text; and its cells as numbers.

No cell changes its meaning in silence: a column says how it was read, cell by example, what became empty and what else
it might be. One file, though long: each kind of column is told by what the others are not.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from app.parts.datasets.columns import LONGEST_VALUE, MOST_VALUES, Column
from app.parts.datasets.dataset import Array
from app.parts.datasets.own_table import quoted
from app.parts.problem import Problem
from app.training.files import numbers
from app.training.files.cells import EMPTY, EMPTY_AMONG_NUMBERS, Cells, emptied
from app.training.files.dates import Dates, dates, iso, looks_like_dates
from app.training.files.numbers import Mark, Numbers, Styles
from app.training.files.reader import literal
from app.training.files.sheet import Sheet
from app.uploads.names import clean_name
from app.uploads.reading import ColumnReading, ReadType

CLASSES = 10  # whole numbers up to so many different ones are offered as classes
FEW = 50  # whole numbers up to so many different ones may be meant as classes
NAMES = 50  # different texts up to which a column is taken for a category
CODE = r"[+-]?0\d+"  # leading zeros are kept of codes, never of amounts
SHORTEST_CODE = 3  # characters; ages and months are shorter
LARGEST = 1e30  # beyond it, squares would leave float32
SMALL_SPREAD, LARGE_SPREAD = 0.1, 5.0  # of a target that is learned as it stands
FAR = 5.0  # spreads between a mean and 0, from which on a target counts from near its mean
EXAMPLES, LONGEST_EXAMPLE = 3, 40
SHOWN_OF = 1000  # rows, of which some cells are shown
NO_NUMBER = "No cell of {column} can be read as a number."
NO_DATE = "No cell of {column} can be read as a date."
MOST_TOLD = 8  # words of one column that became empty, with their counts


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
    reading: dict[str, Any] = field(default_factory=dict[str, Any])  # how it was read, see `_tell`

    @property
    def classified(self) -> bool:
        """Whether it is offered as classes where it is the target; a person may choose amounts of few whole numbers."""
        return self.column.type == "category" or 0 < len(self.column.values) <= CLASSES


@dataclass(frozen=True)
class Looked:
    """A column before it is decided what it is: with what is empty among words, and what is among numbers."""

    number: int
    words: Cells
    amounts: Cells
    present: dict[str, int]  # words in it that are empty among numbers, with the number of their cells
    survey: Styles


def looked_at(sheet: Sheet, number: int, said: ColumnReading) -> Looked:
    """The column of this number."""
    [(there,)] = sheet.ask(f"SELECT count(c{number}) FROM t")
    present = emptied(sheet, number, (*EMPTY, *EMPTY_AMONG_NUMBERS) if said.empty is None else tuple(said.empty))
    among_words = {word: count for word, count in present.items() if said.empty is not None or word in EMPTY}
    amounts = Cells.of(sheet, number, there, present)
    survey = numbers.survey(amounts, forced=said.type == "number")
    return Looked(number, Cells.of(sheet, number, there, among_words), amounts, present, survey)


def typed(looked: Looked, said: ColumnReading, usual: tuple[Mark, bool]) -> Typed | None:
    """What a column holds; `usual` is the decimal mark of the file. None where the column is empty.

    Raises `Problem` where it cannot be what a person says it is.
    """
    sheet, name = looked.words.sheet, looked.words.sheet.names[looked.number]
    if not looked.words.filled and not (said.type and looked.present):
        return None
    first = sheet.ask(f"SELECT {looked.words.c} AS x FROM t WHERE x IS NOT NULL LIMIT 200")
    examples = [clean_name(cell, LONGEST_EXAMPLE) for cell in dict.fromkeys(cell for (cell,) in first)][:EXAMPLES]
    [(distinct, longest)] = sheet.ask(f"SELECT count(DISTINCT {looked.words.c}), max(len({looked.words.c})) FROM t")
    plain = Typed(Column(name=name, type="text", missing=sheet.rows - looked.words.filled), distinct, examples)
    found: Typed | None
    match said.type:
        case "number":
            found = _numbers(looked, plain, said, usual, forced=True)
        case "date":
            found = _dates(looked, plain, said, forced=True)
        case "category":
            found = _category(looked, plain, longest or 0)
        case "text":
            found = plain
        case None:
            found = _likeliest(looked, plain, said, usual, longest or 0)
    if found is None:
        raise Problem(NO_DATE if said.type == "date" else NO_NUMBER, place="/reading", column=quoted(name))
    _tell(looked, found, said)
    return found


def _likeliest(looked: Looked, plain: Typed, said: ColumnReading, usual: tuple[Mark, bool], longest: int) -> Typed:
    repeated = 2 * plain.distinct <= looked.words.filled or plain.distinct <= 2
    few = plain.distinct <= NAMES and longest <= LONGEST_VALUE and repeated
    return (
        _compact_dates(looked, plain, said)
        or _numbers(looked, plain, said, usual)
        or _dates(looked, plain, said)
        or (_category(looked, plain, longest) if few else plain)
    )


def _numbers(
    looked: Looked, plain: Typed, said: ColumnReading, usual: tuple[Mark, bool], forced: bool = False
) -> Typed | None:
    cells, found = looked.amounts, looked.survey
    if not forced and (not cells.filled or not cells.enough(found.numbers) or _is_code(cells)):
        return None
    read = numbers.read(cells, found, usual, said.format)
    values = read.values
    values[~(np.abs(values) <= LARGEST)] = np.nan
    there = values[~np.isnan(values)]
    if not len(there) or not (forced or cells.enough(len(there))):
        return None
    different = np.unique(there)
    few = len(different) <= FEW and np.array_equal(different, np.round(different))
    origin, unit = _scale(there)
    measure = clean_name(read.unit, 20)
    more: dict[str, Any] = {
        "values": [str(int(value)) for value in different] if few else [],
        "type": "number",
        "origin": origin,
        "unit": unit,
        "measure": measure,
    }
    typed = _found(looked, plain, values, more)
    typed.distinct, typed.low, typed.high = len(different), float(different[0]), float(different[-1])
    typed.reading |= {"format": read.format, "unit": measure}
    typed.warnings += _marks_told(looked, read, typed)
    return typed


def _is_code(cells: Cells) -> bool:
    """Whether the cells are codes such as 00501: with leading zeros, and all of one length or mostly so written."""
    zeros = cells.count(f"regexp_full_match({cells.c}, ?)", CODE)
    if not zeros:
        return False
    [(shortest, longest)] = cells.sheet.ask(f"SELECT min(len({cells.c})), max(len({cells.c})) FROM t")
    return 2 * zeros >= cells.filled or (shortest == longest >= SHORTEST_CODE)


def _scale(numbers: Array) -> tuple[float, float]:
    """From where, and in which power of ten, numbers are of the size of 1."""
    mean, spread = float(numbers.mean()), float(numbers.std())
    if spread <= abs(mean) * 1e-12:  # all the same, up to rounding
        return 0.0, 1.0
    unit = 1.0 if SMALL_SPREAD <= spread <= LARGE_SPREAD else 10.0 ** round(np.log10(spread))
    return float(round(mean / unit)) * unit if abs(mean) > FAR * spread else 0.0, unit


def _marks_told(looked: Looked, read: Numbers, typed: Typed) -> list[Problem]:
    """What is said where the decimal mark was not plain."""
    told: list[Problem] = []
    mark = "." if read.format in ("1,234.5", "1'234.5") else ","
    values: dict[str, Any] = {"column": quoted(typed.column.name)}
    if read.otherwise:
        other = "comma" if mark == "." else "point"
        same = "point" if mark == "." else "comma"
        [(cell,)] = looked.words.sheet.ask(f"SELECT cell FROM n WHERE {other} IS NOT NULL AND {same} IS NULL LIMIT 1")
        told.append(
            Problem(
                "Written with another decimal mark than the rest of {column}, and read so: {count}, such as {example}.",
                count=read.otherwise,
                example=quoted(clean_name(cell, LONGEST_EXAMPLE)),
                **values,
            )
        )
    if read.open and not (mark == "." and read.format == "1,234.5" and _decimals_alone(looked)):
        own = "point" if mark == "." else "comma"
        [(cell, value)] = looked.words.sheet.ask(f"SELECT cell, {own} FROM n WHERE point <> comma LIMIT 1")
        told.append(
            Problem(
                "The numbers in {column} may be read in two ways; {example} is taken for {value}.",
                example=quoted(clean_name(cell, LONGEST_EXAMPLE)),
                value=numbers.text_of(value),
                **values,
            )
        )
    return told


def _decimals_alone(looked: Looked) -> bool:
    """Whether what was left open has points alone, as in 1.319 between commas: few mean thousands by that."""
    [(commas,)] = looked.words.sheet.ask("SELECT count(*) FROM n WHERE point <> comma AND contains(body, ',')")
    return not commas


def _compact_dates(looked: Looked, plain: Typed, said: ColumnReading) -> Typed | None:
    """Dates such as 20240109, which are numbers, too."""
    cells, survey = looked.amounts, looked.survey
    if not (survey.plain and survey.either == cells.filled > 0):
        return None
    if cells.count(f"regexp_full_match({cells.c}, '(?:19|20)\\d{{6}}')") < cells.filled:
        return None
    return _dates(looked, plain, said)


def _dates(looked: Looked, plain: Typed, said: ColumnReading, forced: bool = False) -> Typed | None:
    if not looked.amounts.filled:
        return None
    read = dates(looked.amounts, said.order, forced)
    if read is None:
        return None
    typed = _found(looked, plain, read.days, {"type": "date", "earliest": read.earliest})
    typed.low, typed.high = read.earliest, read.latest
    typed.reading |= {"order": read.order, "orders": read.orders}
    if len(read.orders) > 1:
        typed.warnings.append(_orders_told(looked, read, typed))
    return typed


def _orders_told(looked: Looked, read: Dates, typed: Typed) -> Problem:
    row = int(np.flatnonzero(~np.isnan(read.days))[0])
    [(example,)] = looked.words.sheet.ask(f"SELECT {looked.amounts.c} FROM t LIMIT 1 OFFSET {row}")
    days = float(np.datetime64(read.earliest, "D").astype(int)) + float(read.days[row])
    return Problem(
        "The dates in {column} may be read in two ways; {example} is taken for {date} (year-month-day).",
        column=quoted(typed.column.name),
        example=quoted(clean_name(example, LONGEST_EXAMPLE)),
        date=iso(np.floor(days)),
    )


def _category(looked: Looked, plain: Typed, longest: int) -> Typed:
    cells = looked.words
    if plain.distinct > MOST_VALUES or longest > LONGEST_VALUE:
        raise Problem(
            "{column} has {count} different values; a category may have {most}, of at most {letters} characters each.",
            place="/reading",
            column=quoted(plain.column.name),
            count=plain.distinct,
            most=MOST_VALUES,
            letters=LONGEST_VALUE,
        )
    found = [str(value) for (value,) in cells.sheet.ask(f"SELECT DISTINCT {cells.c} AS x FROM t WHERE x IS NOT NULL")]
    values = sorted(found, key=_in_order)
    codes = cells.column(f"list_position([{', '.join(map(literal, values))}], {cells.c}) - 1")
    column = plain.column.model_copy(update={"type": "category", "values": values})
    return Typed(column, plain.distinct, plain.examples, np.where(np.isnan(codes), -1, codes).astype(np.int16))


def _in_order(value: str) -> tuple[int, float, str]:
    """Whole numbers by their size, in front of words."""
    return (0, int(value), value) if value.isdecimal() and len(value) < 15 else (1, 0, value)


def _found(looked: Looked, plain: Typed, values: Array, more: dict[str, Any]) -> Typed:
    """The typed column; what did not fit counts as empty, and is told."""
    cells = looked.amounts
    missing = int(np.isnan(values).sum())
    column = Column.model_validate({**plain.column.model_dump(), **more, "missing": missing})
    strange = missing - (cells.sheet.rows - cells.filled)
    warnings: list[Problem] = []
    if strange:
        row = int(np.flatnonzero(np.isnan(values) & (cells.column(f"({cells.c} IS NOT NULL)::INT") > 0))[0])
        [(example,)] = cells.sheet.ask(f"SELECT {cells.c} FROM t LIMIT 1 OFFSET {row}")
        template = "What is no number in {column}, such as {example}, counts as empty: {count} ×."
        if column.type == "date":
            template = "What is no date in {column}, such as {example}, counts as empty: {count} ×."
        shown = quoted(clean_name(example, LONGEST_EXAMPLE))
        warnings = [Problem(template, count=strange, column=quoted(column.name), example=shown)]
    return Typed(column, plain.distinct, plain.examples, values, warnings=warnings, reading={"strange": strange})


def _tell(looked: Looked, found: Typed, said: ColumnReading) -> None:
    """Adds to a column's reading some cells with what they became, and the words that are empty."""
    kind = found.column.type
    among_words = kind in ("category", "text") and said.empty is None
    words = {word: count for word, count in looked.present.items() if not among_words or word in EMPTY}
    found.reading = {
        "type": kind,
        "types": _possible(looked, found),
        "read": _examples(looked, found),
        "emptied": [{"raw": word, "count": count} for word, count in list(words.items())[:MOST_TOLD]],
        **found.reading,
    }


def _possible(looked: Looked, found: Typed) -> list[ReadType]:
    """What a person may say that the column is."""
    possible: list[ReadType] = ["text"]
    if looked.survey.numbers or found.column.type == "number":
        possible.insert(0, "number")
    if found.distinct <= MOST_VALUES and found.column.type != "date":
        possible.insert(-1, "category")
    if found.column.type == "date" or (looked.amounts.filled and looks_like_dates(looked.amounts)):
        possible.insert(-1, "date")
    return possible


def _examples(looked: Looked, found: Typed) -> list[dict[str, str]]:
    """Up to three cells as they stand in the file, and what they were read as; plain whole numbers come last."""
    if found.cells is None or found.column.type == "category":
        return [{"raw": example, "value": example} for example in found.examples]
    cells = looked.amounts
    rows = cells.sheet.ask(
        f"SELECT {cells.c} AS x, min(r) FROM (SELECT *, row_number() OVER () - 1 AS r FROM t LIMIT {SHOWN_OF}) "
        "WHERE x IS NOT NULL GROUP BY x ORDER BY regexp_full_match(x, '\\d+'), min(r) LIMIT 30"
    )
    shown: list[dict[str, str]] = []
    for raw, row in rows:
        value = float(found.cells[row])
        if np.isnan(value) or len(shown) == EXAMPLES:
            continue
        if found.column.type == "date":
            text = iso(float(np.datetime64(found.column.earliest, "D").astype(int)) + value // 1)
        else:
            text = numbers.text_of(value)
        shown.append({"raw": clean_name(raw, LONGEST_EXAMPLE), "value": text})
    return shown
