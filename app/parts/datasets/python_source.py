"""The source of Python's own standard library."""

import sysconfig
from pathlib import Path
from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.text import UNKNOWN, Text
from app.parts.problem import Problem

LEFT_OUT = ("test", "tests", "idlelib", "site-packages", "lib2to3", "__pycache__", "turtledemo", "pydoc_data")
PRINTED = [chr(code) for code in range(32, 127)]
BLANKS = 4  # for a tab


class PythonSource(Text):
    """The source code of Python's standard library, as it lies on this machine, letter by letter.

    Files follow one another in random order; the last ones test. Letters beyond English ones stand as one sign.
    A text by people for people: words, indents and brackets that have to be closed.
    """

    title: ClassVar[str] = "Python's source"
    also: ClassVar[tuple[str, ...]] = ("text", "code", "characters", "language model", "char-rnn")
    prompt: ClassVar[str] = "\n    def "

    kind: Literal["python_source"] = "python_source"

    def letters(self) -> list[str]:
        return [UNKNOWN, "\n", *PRINTED]

    def text(self, random: np.random.Generator, count: int) -> str:
        folder = Path(sysconfig.get_path("stdlib"))
        files = _files(folder)
        pieces: list[str] = []
        left = count
        order: list[int] = random.permutation(len(files)).tolist()
        for number in order:
            pieces.append(_read(files[number]))
            left -= len(pieces[-1])
            if left <= 0:
                return "".join(pieces)
        raise Problem(
            "Python's source on this machine has {letters} letters, fewer than are asked for. Take fewer windows.",
            place="/samples",
            letters=count - left,
        )


def _files(folder: Path) -> list[Path]:
    """Every source file below, but for those of tests and of what is not Python's own."""
    return sorted(
        file for file in folder.rglob("*.py") if not set(file.relative_to(folder).parts).intersection(LEFT_OUT)
    )


def _read(file: Path) -> str:
    return file.read_text("utf-8", errors="replace").expandtabs(BLANKS)
