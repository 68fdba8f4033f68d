"""Mends what programs do to the shape of a table, before its delimiter is looked for: only what is plain to see.

R writes no name above its row names; some programs leave a comma behind the names alone; others align columns with
runs of spaces.
"""

import csv
import re

from app.training.files.reader import LONGEST_LINE

csv.field_size_limit(LONGEST_LINE)  # of its own accord, csv fails at a cell of more than 131,072 characters
LOOKED_AT = 200  # lines
DELIMITERS = (",", ";", "\t", "|")


def evened(text: str) -> str:
    """The text with as many names as there are columns, and a tab between columns that spaces align."""
    lines = text.lstrip("\n").split("\n", LOOKED_AT)[:LOOKED_AT]
    return _with_all_names(text, lines) or _aligned(text, lines) or text


def _with_all_names(text: str, lines: list[str]) -> str | None:
    shapes = {delimiter: _shape(lines, delimiter) for delimiter in DELIMITERS}
    if any(names == columns for names, columns in shapes.values()):
        return None
    start = text.lstrip("\n")
    for delimiter, (names, columns) in shapes.items():
        head, end, rest = start.partition("\n")
        if names == columns + 1 > 2 and head.rstrip().endswith(delimiter):
            return head.rstrip().removesuffix(delimiter) + end + rest
        if names == columns - 1 > 1:
            return delimiter + start
    return None


def _shape(lines: list[str], delimiter: str) -> tuple[int, int]:
    """How many names there are, and how many columns in all other lines; −1 and 0 where they are not the same."""
    try:
        sizes = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
    except csv.Error:  # a quote that is never closed makes a cell of many lines
        return -1, 0
    return (sizes[0], sizes[1]) if len(sizes) > 2 and len(set(sizes[1:])) == 1 and sizes[1] > 1 else (-1, 0)


def _aligned(text: str, lines: list[str]) -> str | None:
    """Columns between which there are several spaces in a row, in all lines the same number of columns."""
    filled = [line.strip() for line in lines if line.strip()]
    if len(filled) < 2 or any(mark in line for line in filled for mark in '",;|\t'):
        return None
    if not any("  " in line for line in filled):
        return None
    for gap in (r" {2,}", r" +"):
        sizes = {len(re.split(gap, line)) for line in filled}
        if len(sizes) == 1 and sizes != {1}:
            return "\n".join(re.sub(gap, "\t", line.strip()) for line in text.split("\n"))
    return None
