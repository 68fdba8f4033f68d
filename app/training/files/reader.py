"""DuckDB as a reader of one CSV file: its sniffer finds delimiter, quotes and header. Nothing is evaluated.

DuckDB and not pandas or polars: of the three it is the lightest to have warm (70 MB installed, 120 ms and 23 MB to
import, no thread until it is used), and the only one that tells delimiter, quotes and header apart by itself.
"""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb

from app.parts.problem import Problem

LONGEST_LINE = 500_000  # characters
MOST_BYTES = 4 * LONGEST_LINE  # of a line in UTF-8, its end included
SNIFFED = 20_000  # rows from which delimiter and header are told
MOST_SKIPPED = 50  # lines above the header, such as a title
MEMORY = "1GB"
BLANKS = "\t\u00a0\u3000\ufeff"  # besides the space
NO_SENSE = "This file cannot be read as a table: its rows, quotes and delimiters do not fit together."


@dataclass(frozen=True)
class Dialect:
    """How a file is written, as the sniffer found it."""

    delimiter: str
    quote: str
    escape: str
    skip: int  # lines before the names or the first row
    columns: int


@contextmanager
def connected(path: str) -> Generator[duckdb.DuckDBPyConnection]:
    """A database in memory that may read this one file, and nothing else of the machine or the network."""
    settings: dict[str, Any] = {
        "threads": 1,
        "memory_limit": MEMORY,
        "temp_directory": "",
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    with duckdb.connect(":memory:", config=settings) as connection:
        connection.execute(f"SET allowed_paths = ['{path}']")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        yield connection


@dataclass(frozen=True)
class Reader:
    """Reads one file into the table `t`, as often as it takes. What its `text` does not hold costs no time."""

    connection: duckdb.DuckDBPyConnection
    path: str
    text: str

    def sniffed(self, delimiter: str) -> Dialect:
        """The dialect in which most of the file makes sense: strictly, or but for some lines."""
        found: list[Dialect] = []
        for lenient in ("false", "true"):
            asked = f", delim = {literal(delimiter)}" if delimiter else ""
            query = (
                "SELECT Delimiter, Quote, Escape, SkipRows, len(Columns) "
                f"FROM sniff_csv($path, sample_size = {SNIFFED}, ignore_errors = {lenient}, "
                f"comment = '', max_line_size = {MOST_BYTES}{asked})"
            )
            try:
                [row] = self.connection.execute(query, {"path": self.path}).fetchall()
            except duckdb.InvalidInputException:
                continue
            values: list[Any] = ["" if value == "(empty)" else value for value in row]
            found.append(Dialect(*values))
        usable = [dialect for dialect in found if dialect.skip <= MOST_SKIPPED]
        if not usable:
            raise Problem(NO_SENSE)
        return max(usable, key=lambda dialect: dialect.columns)

    def read(self, dialect: Dialect) -> tuple[int, list[tuple[int, int]]]:
        """Makes the table, the names of its columns included where there are some.

        Gives the number of its rows, and of each place that did not fit its line and how many.
        """
        for table in ("t", "reject_errors", "reject_scans"):
            self.connection.execute(f"DROP TABLE IF EXISTS {table}")
        cells = ", ".join(f"nullif({self._clean(f'c{at}', dialect)}, '') AS c{at}" for at in range(dialect.columns))
        query = f"CREATE TABLE t AS SELECT {cells} FROM {self._source(dialect)}"
        self.connection.execute(query, {"path": self.path})
        [(rows,)] = self.connection.execute("SELECT count(*) FROM t").fetchall()
        ragged = self.connection.execute(
            "SELECT line, any_value(len(csv_line) - len(replace(csv_line, chr(10), '')) + 1) "
            "FROM reject_errors GROUP BY line ORDER BY line"
        ).fetchall()
        return rows, ragged

    def first_rows(self, count: int) -> list[list[str | None]]:
        """The first rows of the table as they stand there."""
        rows = self.connection.execute(f"SELECT * FROM t LIMIT {count}").fetchall()
        return [list(row) for row in rows]

    def drop_first_row(self) -> None:
        """Takes the first row, which holds names, out of the table."""
        self.connection.execute("DELETE FROM t WHERE rowid = (SELECT min(rowid) FROM t)")

    def drop_empty_rows(self, columns: int) -> int:
        """Takes rows without any cell out of the table; gives how many there were."""
        filled = ", ".join(f"c{at}" for at in range(columns))
        [(count,)] = self.connection.execute(f"DELETE FROM t WHERE coalesce({filled}) IS NULL").fetchall()
        return count

    def _clean(self, cell: str, dialect: Dialect) -> str:
        """A cell in NFC, without blanks at its ends; an unclosed quote is no part of a text either."""
        strange = "".join(blank for blank in BLANKS if blank in self.text) + ("" if dialect.quote else '"')
        trimmed = f"trim({cell}, {literal(' ' + strange)})" if strange else f"trim({cell})"
        return trimmed if self.text.isascii() else f"nfc_normalize({trimmed})"

    def _source(self, dialect: Dialect) -> str:
        columns = ", ".join(f"c{number}: 'VARCHAR'" for number in range(dialect.columns))
        return (
            f"read_csv($path, auto_detect = false, delim = {literal(dialect.delimiter)}, "
            f"quote = {literal(dialect.quote)}, escape = {literal(dialect.escape or dialect.quote)}, "
            f"comment = '', skip = {dialect.skip}, header = false, "
            f"columns = {{{columns}}}, nullstr = [''], max_line_size = {MOST_BYTES}, store_rejects = true)"
        )


def literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
