"""Dates as people write them, and the order of day, month and year where it can be told or was said."""

from dataclasses import dataclass

import numpy as np

from app.parts.datasets.dataset import Array
from app.training.files.cells import Cells
from app.training.files.reader import literal
from app.uploads.reading import DateOrder

DAY = 86_400.0  # seconds
TIME = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)? ?(?:[AaPp]\.?[Mm]\.?)?(?:Z|[+-]\d{2}:?\d{2})?)"
LIKE = (
    r"^(?:\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}|\d{1,2}[ -][A-Za-z]{3}[ -]\d{2}|[A-Za-z]{3} \d{1,2}, \d{4}|"
    r"(?:19|20)\d{6}$)"
)
# Patterns of the date alone, each with its order and its format for DuckDB. Years of two digits are 1969 to 2068.
WAYS: tuple[tuple[str, DateOrder, str], ...] = (
    (r"\d{4}-\d{1,2}-\d{1,2}", "ymd", "%Y-%m-%d"),
    (r"\d{4}/\d{1,2}/\d{1,2}", "ymd", "%Y/%m/%d"),
    (r"\d{4}\.\d{1,2}\.\d{1,2}", "ymd", "%Y.%m.%d"),
    (r"\d{4}年\d{1,2}月\d{1,2}日", "ymd", "%Y年%m月%d日"),
    (r"(?:19|20)\d{6}", "ymd", "%Y%m%d"),
    (r"\d{1,2}\.\d{1,2}\.\d{4}", "dmy", "%d.%m.%Y"),
    (r"\d{1,2}/\d{1,2}/\d{4}", "dmy", "%d/%m/%Y"),
    (r"\d{1,2}/\d{1,2}/\d{4}", "mdy", "%m/%d/%Y"),
    (r"\d{1,2}-\d{1,2}-\d{4}", "dmy", "%d-%m-%Y"),
    (r"\d{1,2}-\d{1,2}-\d{4}", "mdy", "%m-%d-%Y"),
    (r"\d{1,2}\.\d{1,2}\.\d{2}", "dmy", "%d.%m.%y"),
    (r"\d{1,2}/\d{1,2}/\d{2}", "dmy", "%d/%m/%y"),
    (r"\d{1,2}/\d{1,2}/\d{2}", "mdy", "%m/%d/%y"),
    (r"\d{2}/\d{1,2}/\d{1,2}", "ymd", "%y/%m/%d"),
    (r"\d{1,2}-\d{1,2}-\d{2}", "dmy", "%d-%m-%y"),
    (r"\d{1,2}-\d{1,2}-\d{2}", "mdy", "%m-%d-%y"),
    (r"\d{1,2}[ -][A-Za-z]{3}[ -]\d{4}", "dmy", "%d %b %Y"),
    (r"\d{1,2}[ -][A-Za-z]{3}[ -]\d{2}", "dmy", "%d %b %y"),
    (r"[A-Za-z]{3} \d{1,2}, \d{4}", "mdy", "%b %d, %Y"),
)


@dataclass(frozen=True)
class Dates:
    """Days since the earliest day (float64, the hour as a fraction), NaN where a cell is no date."""

    days: Array
    earliest: str  # as ISO has it
    latest: str
    order: DateOrder
    orders: list[DateOrder]  # all that fit equally well, the chosen one first


def dates(cells: Cells, said: DateOrder | None, forced: bool = False) -> Dates | None:
    """The column as dates; None where fewer than nearly all cells are some. `forced`: one will do."""
    if not looks_like_dates(cells, forced):
        return None
    fitting: list[tuple[int, DateOrder, str]] = []
    for pattern, order, form in WAYS:
        if said and order != said:
            continue
        whole = f"({pattern})(?:{TIME})?"
        if not _enough(cells, cells.count(f"regexp_full_match({cells.c}, ?)", whole), forced):
            continue
        spelled = f"regexp_extract({cells.c}, {literal(f'^{whole}$')}, 1)"
        if "%b" in form:
            spelled = f"replace({spelled}, '-', ' ')"
        day = f"try_strptime({spelled}, {literal(form)})"
        count = cells.count(f"{day} IS NOT NULL")
        if _enough(cells, count, forced):
            fitting.append((count, order, day))
    if not fitting:
        return None
    most = max(count for count, *_ in fitting)
    orders: list[DateOrder] = []
    for count, order, _ in fitting:
        if count == most and order not in orders:
            orders.append(order)
    day = next(day for count, _, day in fitting if count == most)
    seconds = cells.column(f"epoch({day}) + {_seconds_of_day(cells.c)}")
    first = np.floor(np.nanmin(seconds) / DAY)
    return Dates(
        days=seconds / DAY - first,
        earliest=iso(first),
        latest=iso(np.floor(np.nanmax(seconds) / DAY)),
        order=orders[0],
        orders=orders,
    )


def looks_like_dates(cells: Cells, forced: bool = False) -> bool:
    """Whether the cells begin like dates of any kind; cheaper than to look for each kind."""
    return _enough(cells, cells.count(f"regexp_matches({cells.c}, {literal(LIKE)})"), forced)


def iso(days: float) -> str:
    """Days since 1970 as a date."""
    return str(np.datetime64(int(days), "D"))


def _enough(cells: Cells, count: int, forced: bool) -> bool:
    return count > 0 if forced else cells.enough(count)


def _seconds_of_day(c: str) -> str:
    """SQL: the time behind a date in seconds, 0 where there is none. What a time zone says is not looked at."""
    time = f"regexp_extract({c}, '[ T](\\d{{1,2}}:\\d{{2}}(?::\\d{{2}})?)', 1)"
    half = f"regexp_extract({c}, '([AaPp])\\.?[Mm]\\.?', 1)"
    hour = f"coalesce(epoch(try_cast({time} AS TIME)), 0)"
    return (
        f"CASE WHEN {time} = '' THEN 0 "
        f"WHEN lower({half}) = 'p' AND {hour} < 43200 THEN {hour} + 43200 "
        f"WHEN lower({half}) = 'a' AND {hour} >= 43200 THEN {hour} - 43200 ELSE {hour} END"
    )
