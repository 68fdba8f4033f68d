"""A CSV file as a table of text: names of columns, rows, and sentences for what does not fit."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import duckdb

from app.parts.datasets.columns import LONGEST_NAME, MOST_COLUMNS
from app.parts.datasets.own_table import MOST_ROWS, quoted
from app.parts.problem import Problem
from app.training.files.header import has_header
from app.training.files.reader import BLANKS, LONGEST_LINE, MOST_SKIPPED, NO_SENSE, Dialect, Reader, connected
from app.uploads.names import clean_name

DELIMITERS = (",", ";", "\t", "|", " ")
LOOKED_AT = 1000  # rows by which it is told whether the first one holds names
MOST_RAGGED = 0.2  # share of lines that may have another number of values than there are columns

TOO_WIDE = "This table has {count} columns, but at most {most} fit in here."
TOO_LONG_LINE = "Line {line} has more than {most} characters, so this is no table."
TOO_LONG = "This table has more than {most} rows. Send a part of it."
ONE_COLUMN = "Only one column was found. Between columns there must be a comma, a semicolon, a tab or a vertical bar."
RAGGED = (
    "{count} of {lines} lines do not have {columns} values as the others, the first of them is line {line}. Is the "
    "delimiter right, and are texts that hold it in quotes?"
)


@dataclass
class Sheet:
    """The rows stand in the table `t` with columns c0, c1 … of text without blanks at its ends, NULL where empty."""

    connection: duckdb.DuckDBPyConnection
    dialect: Dialect
    header: bool  # whether the first row of the file holds the names
    names: list[str]
    rows: int
    warnings: list[Problem] = field(default_factory=list[Problem])

    def ask(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """The rows that a query gives."""
        return self.connection.execute(query, list(values)).fetchall()


def demand_readable(text: str) -> None:
    """Raises `Problem` for what no table is, before anything looks at it closely."""
    if not text.strip(BLANKS + " \n"):
        raise Problem("This file is empty.")
    _demand_lines(text)
    if text.count("\n") > MOST_ROWS + MOST_SKIPPED:
        raise Problem(TOO_LONG, most=MOST_ROWS)
    count = 1 + max(
        text[:LONGEST_LINE].lstrip("\n").partition("\n")[0].count(delimiter) for delimiter in DELIMITERS[:4]
    )
    if count > 10 * MOST_COLUMNS:
        raise Problem(TOO_WIDE, count=count, most=MOST_COLUMNS)


def _demand_lines(text: str) -> None:
    """Raises `Problem` where a line is so long that the sniffer would take minutes over it."""
    start, line = 0, 1
    while (end := text.find("\n", start)) >= 0 or (end := len(text)) > start:
        if end - start > LONGEST_LINE:
            raise Problem(TOO_LONG_LINE, line=line, most=LONGEST_LINE)
        start, line = end + 1, line + 1


@contextmanager
def opened(file: Path, text: str, delimiter: str = "", header: bool | None = None) -> Generator[Sheet]:
    """The table of a file that holds `text` in UTF-8; `delimiter` and `header` are what a person says of it.

    Raises `Problem`.
    """
    descriptor = os.open(file, os.O_RDONLY)
    path = f"/dev/fd/{descriptor}"  # the real one could hold letters that DuckDB takes for a pattern
    try:
        with connected(path) as connection:
            yield _sheet(Reader(connection, path, text), delimiter, header)
    except duckdb.OutOfMemoryException:
        raise MemoryError from None
    except duckdb.Error:
        raise Problem(NO_SENSE) from None
    finally:
        os.close(descriptor)


def _sheet(reader: Reader, delimiter: str, header: bool | None) -> Sheet:
    dialect = reader.sniffed(delimiter)
    if dialect.columns > MOST_COLUMNS:
        raise Problem(TOO_WIDE, count=dialect.columns, most=MOST_COLUMNS)
    if dialect.columns < 2:
        raise Problem(ONE_COLUMN)
    rows, ragged = reader.read(dialect)
    if (
        not dialect.quote and '"' in reader.text
    ):  # they may come late; where they only stand for inches, they are letters
        quoting = replace(dialect, quote='"', escape='"')
        again, fewer = reader.read(quoting)
        if again < rows:
            rows, ragged = reader.read(dialect)
        else:
            dialect, rows, ragged = quoting, again, fewer
    rows -= (empty := reader.drop_empty_rows(dialect.columns))
    first, *below = reader.first_rows(LOOKED_AT) or [[]]
    named = has_header(first, below) if header is None else header and bool(first)
    if named:
        reader.drop_first_row()
        rows -= 1
    if rows < 1:
        raise Problem("This table has the names of columns, but no rows.")
    sheet = Sheet(reader.connection, dialect, named, [], rows)
    sheet.names = _names(sheet, first if named else [None] * dialect.columns)
    _tell_ragged(sheet, ragged)
    if empty:
        sheet.warnings.append(Problem("Rows without any value are left out: {count}.", count=empty))
    return sheet


def _names(sheet: Sheet, given: list[str | None]) -> list[str]:
    """Names in any script, each once: an empty one is the number of its column, a repeated one gets a number."""
    names: list[str] = []
    for number, name in enumerate(given, 1):
        wanted = clean_name(name or "", LONGEST_NAME - 6) or f"#{number}"
        unique, count = wanted, 1
        while unique in names:
            count += 1
            unique = f"{wanted} ({count})"
        if count == 2:
            sheet.warnings.append(
                Problem("Several columns are called {column}; the later ones have a number now.", column=quoted(wanted))
            )
        names.append(unique)
    return names


def _tell_ragged(sheet: Sheet, ragged: list[tuple[int, int]]) -> None:
    if not ragged:
        return
    lost = sum(lines for _, lines in ragged)
    values: dict[str, Any] = {"count": lost, "columns": sheet.dialect.columns, "line": ragged[0][0]}
    if lost > MOST_RAGGED * (sheet.rows + lost):
        raise Problem(RAGGED, lines=sheet.rows + lost, **values)
    sheet.warnings.append(
        Problem(
            "Left out because they do not have {columns} values as others: {count} lines, the first is line {line}.",
            **values,
        )
    )
