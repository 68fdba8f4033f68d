"""A row of a table as somebody sends it to be predicted: by the names of its columns, with words for categories."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from app.parts.datasets.columns import Column
from app.parts.problem import Problem, pointer

MOST_LISTED = 20  # categories that are named where one is not known
DAY = 86_400.0  # seconds


def cells_of(columns: Sequence[Column], given: object) -> object:
    """The cells as numbers, as `Column.encoded` takes them; what is neither a list nor an object stays as it is.

    `given` is a list in the order of the columns, or an object by their names; null is an empty cell. Raises `Problem`
    with the column as its place.
    """
    if isinstance(given, Mapping):
        named = cast("Mapping[str, Any]", given)
        known = [column.name for column in columns]
        for name in named:
            if name not in known:
                raise Problem(
                    "The network sees no column called {column}, but these: {columns}.",
                    place=pointer(name),
                    column=f"“{name[:80]}”",
                    columns=_listed(known),
                )
        missing = [name for name in known if name not in named]
        if missing:
            raise Problem("Missing are: {columns}. An empty cell is null.", columns=_listed(missing))
        return [_cell(column, named[column.name], column.name) for column in columns]
    if isinstance(given, list):
        row = cast("list[object]", given)
        if len(row) == len(columns):
            return [_cell(column, cell, at) for at, (column, cell) in enumerate(zip(columns, row, strict=True))]
        return row
    return given


def _cell(column: Column, cell: object, place: str | int) -> object:
    if column.type == "category":
        return _category(column, cell, place)
    if column.type == "date" and isinstance(cell, str):
        return _days(column, cell, place)
    return cell


def _category(column: Column, cell: object, place: str | int) -> object:
    """The number of a category. A number may be one itself, or the name of one."""
    if isinstance(cell, str) and cell in column.values:
        return column.values.index(cell)
    if cell is None:
        return None
    if isinstance(cell, int | float) and not isinstance(cell, bool) and cell in range(len(column.values)):
        return cell
    raise Problem(
        "{column} knows no {value}, but these: {values}.",
        place=pointer(place),
        column=f"“{column.name}”",
        value=f"“{str(cell)[:60]}”",
        values=_listed(column.values),
    )


def _days(column: Column, cell: str, place: str | int) -> float:
    """Days since the earliest of the column. Written as ISO has it: 2024-01-31, or 2024-01-31T12:30."""
    try:
        moment = datetime.fromisoformat(cell).replace(tzinfo=None)
        first = datetime.fromisoformat(column.earliest)
    except ValueError:
        raise Problem(
            "{column} is a date such as 2024-01-31, but here is {value}.",
            place=pointer(place),
            column=f"“{column.name}”",
            value=f"“{cell[:60]}”",
        ) from None
    return (moment - first).total_seconds() / DAY


def _listed(names: Sequence[str]) -> str:
    more = ["…"] if len(names) > MOST_LISTED else []
    return ", ".join([*(f"“{name}”" for name in names[:MOST_LISTED]), *more])
