"""Numbers as people write them: which mark is the decimal one, which groups thousands, and the unit beside them.

`1,319` is 1319 or 1.319: what the other cells of the column leave open, the other columns of the file decide, and what
they leave open, how the file is delimited. Nothing is guessed in silence: `Styles.open` counts what was left open.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from app.parts.datasets.dataset import Array
from app.training.files.cells import Cells
from app.training.files.reader import literal
from app.uploads.reading import NumberFormat

Mark: TypeAlias = Literal[".", ","]

# What else stands for a sign, a space, an apostrophe or a digit; DuckDB's translate() takes letter by letter.
ODD = "−－–\u00a0\u202f\u2009’０１２３４５６７８９．，％＄￥"
PLAIN = "---   '0123456789.,%$¥"
CURRENCY = r"US\$|C\$|A\$|R\$|[$€£¥₹₩₽₺₫฿]|USD|EUR|GBP|CHF|CNY|RMB|JPY|INR|SEK|NOK|DKK|PLN|CZK|HUF"
EXPONENT = r"(?:[eE][+-]?\d{1,3})?"
# (5) is −5 in accounting; a unit has no digits at its start and stands behind, a currency stands on either side.
PARTS = (
    rf"^(\()?([+-])? ?({CURRENCY})? ?([+-])?((?:\d[\d.,' ]*|[.,]\d+){EXPONENT}) ?"
    r"([^\d\s.,'()+-][^\d()]{0,11})?(\))?$"
)
NAMES = "['open', 'sign', 'before', 'inner', 'body', 'after', 'close']"
DIGITS_ALONE = rf"[+-]?\d+(?:\.\d+)?{EXPONENT}"
POINT_OR_THOUSANDS = r"[+-]?[1-9]\d{0,2}\.\d{3}"
# The decimal mark and the mark between thousands of each format.
FORMATS: dict[NumberFormat, tuple[Mark, str]] = {
    "1,234.5": (".", ","),
    "1.234,5": (",", "."),
    "1 234,5": (",", " "),
    "1'234.5": (".", "'"),
}
GROUPS: dict[Mark, str] = {".": ",' ", ",": ".' "}  # all marks between thousands that may stand beside a decimal one


@dataclass
class Styles:
    """What the cells of one column are, read as numbers; counts of cells."""

    filled: int
    point: int  # that make sense with a decimal point alone
    comma: int  # with a decimal comma alone
    unclear: int  # with both, as two different numbers
    either: int  # with both, as the same number
    units: Counter[str] = field(default_factory=Counter[str])
    plain: bool = False  # whether all are digits with at most a sign, a point and an exponent

    @property
    def numbers(self) -> int:
        """Cells that are numbers one way or another."""
        return self.point + self.comma + self.unclear + self.either

    @property
    def unit(self) -> str:
        """The unit of nearly all cells that have one."""
        return next((unit for unit, _ in self.units.most_common(1)), "")


@dataclass(frozen=True)
class Numbers:
    """The cells of a column as float64, NaN where they are none; how they were read, and what was left open."""

    values: Array
    format: NumberFormat | None  # None where no cell has a mark
    unit: str
    open: int  # cells whose reading nothing in the file decides
    otherwise: int  # cells that are written with the other decimal mark than the column, and read so


def survey(cells: Cells, forced: bool = False) -> Styles:
    """Looks at a column, closely where many of its cells have digits, or where it is to be numbers by force."""
    [(digits, plain, marked, unclear)] = cells.sheet.ask(
        f"SELECT count(*) FILTER (regexp_matches({cells.c}, '[0-9０-９]')), "
        f"count(*) FILTER (regexp_full_match({cells.c}, {literal(DIGITS_ALONE)})), "
        f"count(*) FILTER (contains({cells.c}, '.')), "
        f"count(*) FILTER (regexp_full_match({cells.c}, {literal(POINT_OR_THOUSANDS)})) FROM t"
    )
    if not forced and not cells.enough(digits):
        return Styles(cells.filled, 0, 0, 0, 0)
    if plain == cells.filled:
        return Styles(cells.filled, marked - unclear, 0, unclear, cells.filled - marked, plain=True)
    _take_apart(cells)
    [(point, comma, unclear, either)] = cells.sheet.ask(
        "SELECT count(*) FILTER (point IS NOT NULL AND comma IS NULL), "
        "count(*) FILTER (comma IS NOT NULL AND point IS NULL), "
        "count(*) FILTER (point <> comma), count(*) FILTER (point = comma) FROM n"
    )
    units = cells.sheet.ask("SELECT unit, count(*) FROM n WHERE coalesce(point, comma) IS NOT NULL GROUP BY unit")
    return Styles(cells.filled, point, comma, unclear, either, Counter({unit: count for unit, count in units if unit}))


def _take_apart(cells: Cells) -> None:
    """Makes the table `n` of the parts of a column's cells, one row for each row of `t`."""
    connection = cells.sheet.connection
    connection.execute("DROP TABLE IF EXISTS n")
    query = f"""
        CREATE TABLE n AS
        WITH parts AS (
            SELECT {cells.c} AS cell, regexp_extract(translate({cells.c}, ?, ?), ?, {NAMES}) AS p FROM t
        ), split AS (
            SELECT cell,
                   CASE WHEN (p.open = '(') = (p.close = ')') THEN trim(p.body) END AS body,
                   CASE WHEN p.sign = '-' OR p.inner = '-' OR p.open = '(' THEN -1 ELSE 1 END AS sign,
                   trim(concat_ws(' ', nullif(p.before, ''), nullif(trim(p.after), ''))) AS unit
            FROM parts
        )
        SELECT *, sign * {_amount(".", GROUPS["."])} AS point, sign * {_amount(",", GROUPS[","])} AS comma FROM split
    """
    connection.execute(query, [ODD, PLAIN, PARTS])


def usual_mark(surveys: list[Styles], delimiter: str) -> tuple[Mark, bool]:
    """The decimal mark of a file, and whether its columns show it; else it is the one that suits the delimiter."""
    points, commas = sum(styles.point for styles in surveys), sum(styles.comma for styles in surveys)
    if points != commas:
        return "." if points > commas else ",", True
    return "," if delimiter == ";" else ".", False


def read(cells: Cells, found: Styles, usual: tuple[Mark, bool], said: NumberFormat | None) -> Numbers:
    """The column as numbers. `said` is the format that a person says it has: what is written otherwise is then none."""
    if found.plain and (FORMATS[said][0] if said else _mark_of_plain(found, usual)) == ".":
        shown = said or ("1,234.5" if found.either < found.filled else None)
        return Numbers(cells.column(f"try_cast({cells.c} AS DOUBLE)"), shown, "", 0, 0)
    _take_apart(cells)
    if said is not None:
        return Numbers(_array(cells, f"sign * {_amount(*FORMATS[said])}", found.unit), said, found.unit, 0, 0)
    mark, sure = _mark(cells, found, usual)
    own, other = ("point", "comma") if mark == "." else ("comma", "point")
    otherwise = found.comma if mark == "." else found.point
    return Numbers(
        values=_array(cells, f"coalesce({own}, {other})", found.unit),
        format=_format(cells, mark, own),
        unit=found.unit,
        open=0 if sure else found.unclear,
        otherwise=otherwise,
    )


def _mark_of_plain(found: Styles, usual: tuple[Mark, bool]) -> Mark:
    """Of digits and points alone; a point is a decimal one unless all of them may stand between thousands."""
    return "." if found.point or not found.unclear or not usual[1] else usual[0]


def _mark(cells: Cells, found: Styles, usual: tuple[Mark, bool]) -> tuple[Mark, bool]:
    """The decimal mark of a column, and whether something shows it."""
    if found.point != found.comma:
        return "." if found.point > found.comma else ",", True
    mark, sure = usual
    if not sure and found.unclear and found.either:
        # 1,319 beside 960, and nothing of four digits without a mark: it stands between thousands
        [(largest,)] = cells.sheet.ask("SELECT max(abs(point)) FROM n WHERE point = comma")
        [(commas,)] = cells.sheet.ask("SELECT count(*) FROM n WHERE point <> comma AND contains(body, ',')")
        if largest < 1000 and commas in (0, found.unclear):
            return "." if commas else ",", False
    return mark, sure


def _format(cells: Cells, mark: Mark, read: str) -> NumberFormat | None:
    """The format whose mark between thousands occurs, else the plain one of this decimal mark."""
    groups: list[tuple[NumberFormat, str]] = [(name, group) for name, (own, group) in FORMATS.items() if own == mark]
    holds = [f"count(*) FILTER (contains(body, {literal(sign)}))" for sign in (mark, *(group for _, group in groups))]
    [(marked, *grouped)] = cells.sheet.ask(f"SELECT {', '.join(holds)} FROM n WHERE {read} IS NOT NULL")
    most = max(grouped)
    return groups[grouped.index(most)][0] if marked or most else None


def _array(cells: Cells, expression: str, unit: str) -> Array:
    """The expression for cells that have the column's unit, or none."""
    return cells.column(f"CASE WHEN unit IN ('', ?) THEN {expression} END", "n", unit)


def _amount(mark: Mark, groups: str) -> str:
    """SQL: the number that `body` is where `mark` is the decimal one and `groups` may stand between thousands.

    NULL where it is none. A group of thousands never begins with 0, so 0,319 has a decimal comma.
    """
    whole = "|".join(
        [
            *(rf"[1-9]\d{{0,2}}(?:{_escaped(group)}\d{{3}})+" for group in groups),
            *([r"[1-9]\d?(?:,\d{2})+,\d{3}"] if "," in groups else []),  # lakh and crore
            r"\d+",
        ]
    )
    decimal = _escaped(mark)
    pattern = rf"(?:(?:{whole})(?:{decimal}\d*)?|{decimal}\d+){EXPONENT}"
    bare = "body"
    for group in groups:
        bare = f"replace({bare}, {literal(group)}, '')"
    return (
        f"CASE WHEN regexp_full_match(body, {literal(pattern)}) "
        f"THEN try_cast(replace({bare}, '{mark}', '.') AS DOUBLE) END"
    )


def _escaped(letter: str) -> str:
    return rf"\{letter}" if letter == "." else letter


def text_of(value: float) -> str:
    """A number as it is shown beside what was written: as short as it can be, never in powers below 10¹⁵."""
    if value == round(value) and abs(value) < 1e15:
        return str(int(value))
    return repr(float(value))
