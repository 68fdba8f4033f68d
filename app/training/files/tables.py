"""From the bytes of a CSV file to columns of numbers in `table.npz`, and to what is said of them."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from app.parts.datasets.columns import MOST_GAPS, Gap
from app.parts.datasets.dataset import MOST_NUMBERS, Array
from app.parts.datasets.own_table import OwnTable, quoted
from app.parts.problem import Problem
from app.runs.folder import write_whole
from app.training.files.encoding import ENCODINGS, decoded, likely_encodings
from app.training.files.evened import evened
from app.training.files.leaks import counts_rows, leaks_of
from app.training.files.numbers import usual_mark
from app.training.files.sheet import DELIMITERS, Sheet, demand_readable, opened
from app.training.files.telling import told
from app.training.files.typed import Typed, looked_at, typed
from app.uploads.folder import UploadFolder
from app.uploads.names import clean_name
from app.uploads.reading import FileReading

LONGEST_LINE = 60  # characters of a line that is shown in two encodings
# Names by which people call what is to be predicted; a column with one of them is offered first.
GOALS = re.compile(
    r"target|label|class(es)?|y|outcome|result|survived|species|quality|price|diagnosis|目标|标签|类别|结果|等级",
    re.IGNORECASE,
)


def read_table(folder: UploadFolder, received: Path, said: dict[str, Any]) -> dict[str, Any]:
    """Stores the table; gives what is said of it. Raises `Problem` for what is none."""
    encoding, delimiter = said.get("encoding", ""), said.get("delimiter", "")
    reading = FileReading.model_validate(said.get("reading") or {})
    if encoding not in ("", *ENCODINGS):
        raise Problem("Possible encodings are: {choices}.", place="/encoding", choices=", ".join(ENCODINGS))
    if delimiter not in ("", *DELIMITERS):
        raise Problem("A delimiter is a comma, a semicolon, a tab, a vertical bar or a space.", place="/delimiter")
    content = received.read_bytes()
    others = [] if encoding else likely_encodings(content)[1:]
    text, encoding = decoded(content, encoding)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    demand_readable(text)
    text = evened(text)
    plain = folder.received("plain")
    plain.write_bytes(text.encode())
    try:
        with opened(plain, text, delimiter, reading.header) as sheet:
            sheet.warnings += _letters_told(content, encoding, others)
            columns = _columns(sheet, reading)
            about = _about(folder.id, sheet, columns)
            about |= {"encoding": encoding, "delimiter": sheet.dialect.delimiter, "header": sheet.header}
            about["encodings"] = [encoding, *others]
    finally:
        plain.unlink()
    _store(folder, columns)
    return about


def _letters_told(content: bytes, encoding: str, others: list[str]) -> list[Problem]:
    """What is said where the letters fit another encoding as well: a line of the file in both."""
    if not others:
        return []
    lines = [line for line in content.replace(b"\r", b"\n").split(b"\n") if not line.isascii()]
    first, second = next(
        both for line in lines if len(set(both := [line.decode(name, "replace") for name in (encoding, others[0])])) > 1
    )
    return [
        Problem(
            "The letters of this file may be read in two ways: {first} ({encoding}) or {second} ({other}).",
            first=quoted(clean_name(first, LONGEST_LINE)),
            encoding=encoding,
            second=quoted(clean_name(second, LONGEST_LINE)),
            other=others[0],
        )
    ]


def _columns(sheet: Sheet, reading: FileReading) -> list[Typed]:
    """All columns that hold something. The decimal mark of those that do not show it is that of the others."""
    unknown = [name for name in reading.columns if name not in sheet.names]
    if unknown:
        raise Problem("The table has no column called {column}.", place="/reading", column=quoted(unknown[0]))
    said = [reading.of(name) for name in sheet.names]
    looked = [looked_at(sheet, number, how) for number, how in enumerate(said)]
    usual = usual_mark([column.survey for column in looked], sheet.dialect.delimiter)
    found = [typed(column, how, usual) for column, how in zip(looked, said, strict=True)]
    return [column for column in found if column is not None]


def _store(folder: UploadFolder, columns: list[Typed]) -> None:
    file = BytesIO()
    cells = {f"c{number}": column.cells for number, column in enumerate(columns) if column.cells is not None}
    np.savez(file, allow_pickle=False, **cells)
    write_whole(folder.table_file, file.getvalue(), lasting=True)


def _about(upload: str, sheet: Sheet, columns: list[Typed]) -> dict[str, Any]:
    telling = [column for column in columns if column.column.type != "text" and column.distinct > 1]
    goals = [column for column in telling if column.column.type != "date"]
    if len(telling) < 2 or not goals:
        raise Problem(
            "Fewer than two columns of this table hold numbers or repeated values, so nothing can be learned."
        )

    counting = [column for column in telling if counts_rows(column)]

    def offered(goal: Typed) -> list[str]:
        others = [column for column in telling if column is not goal]
        return [column.column.name for column in others if column not in counting] or [
            column.column.name for column in others
        ]

    first = _first([goal for goal in goals if goal not in counting] or goals)
    leaks = leaks_of(telling, sorted(goals, key=lambda goal: goal is not first), offered)
    dataset = OwnTable(
        upload=upload,
        rows=sheet.rows,
        columns=[column.column for column in columns],
        gaps=_gaps(columns),
        input_columns=offered(first),
        target_column=first.column.name,
        amounts=not first.classified,
    )
    warnings = [
        *sheet.warnings,
        *(warning for column in columns for warning in column.warnings),
        *_hints(counting, offered(first)),
    ]
    return {
        "kind": "own_table",
        "dataset": _fitting(dataset).model_dump(mode="json"),
        "count": sheet.rows,
        "columns": [
            {
                **column.column.model_dump(),
                "distinct": column.distinct,
                "examples": column.examples,
                "low": column.low,
                "high": column.high,
                "reading": column.reading,
            }
            for column in columns
        ],
        "targets": [
            {
                "name": goal.column.name,
                "task": "classification" if goal.classified else "regression",
                "inputs": offered(goal),
                "warnings": [told(leak) for leak in leaks.get(goal.column.name, [])],
            }
            for goal in goals
        ],
        "warnings": [told(warning) for warning in warnings],
    }


def _first(goals: list[Typed]) -> Typed:
    """What most likely is to be predicted: a column whose name says so, else the last one."""
    named = [goal for goal in goals if GOALS.fullmatch(goal.column.name)]
    return (named or goals)[-1]


def _fitting(dataset: OwnTable) -> OwnTable:
    """With as many of the inputs as fit into memory."""
    while dataset.size() * dataset.inputs().size > MOST_NUMBERS and len(dataset.input_columns) > 1:
        dataset = dataset.model_copy(update={"input_columns": dataset.input_columns[:-1]})
    return dataset


def _gaps(columns: list[Typed]) -> list[Gap]:
    """Which columns are empty together, and in how many rows; none where there are too many different ones."""
    numbers = [number for number, column in enumerate(columns) if column.cells is not None and column.column.missing]
    if not numbers:
        return []
    empty = np.column_stack([_empty(columns[number]) for number in numbers])
    patterns, counts = np.unique(np.packbits(empty[empty.any(axis=1)], axis=1), axis=0, return_counts=True)
    if len(patterns) > MOST_GAPS:
        return []
    there = np.unpackbits(patterns, axis=1, count=len(numbers)).astype(bool)
    return [
        Gap(rows=int(count), columns=[number for number, gap in zip(numbers, row, strict=True) if gap])
        for row, count in zip(there, counts, strict=True)
    ]


def _empty(column: Typed) -> Array:
    cells = column.cells if column.cells is not None else np.zeros(0)
    return cells < 0 if column.column.type == "category" else np.isnan(cells)


def _hints(counting: list[Typed], inputs: list[str]) -> list[Problem]:
    return [
        Problem("{column} only counts the rows, so it is not offered as an input.", column=quoted(column.column.name))
        for column in counting
        if column.column.name not in inputs
    ]
