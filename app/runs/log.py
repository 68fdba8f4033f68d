"""The log of a run's events: appended by one writer, followed by any number of readers."""

import json
import math
import os
import time
from functools import cache
from typing import Any, BinaryIO

from app.runs.events import Event
from app.runs.folder import RunFolder
from app.runs.room import append_whole

NON_FINITE = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


def sendable(number: float) -> float | str:
    """`number` as JSON can carry it: non-finite ones as the strings NaN, Infinity, -Infinity."""
    if math.isfinite(number):
        return number
    return "NaN" if math.isnan(number) else "Infinity" if number > 0 else "-Infinity"


def received(number: float | str) -> float:
    """The number that `sendable` sent."""
    return NON_FINITE[number] if isinstance(number, str) else number


class EventWriter:
    """Appends events with the next number, after cutting off a torn last line. Hold the run's lock meanwhile."""

    def __init__(self, folder: RunFolder) -> None:
        content = folder.events_file.read_bytes()
        whole = content.rfind(b"\n") + 1
        self._file = os.open(folder.events_file, os.O_WRONLY | os.O_APPEND)
        if whole < len(content):
            os.ftruncate(self._file, whole)
        self.seq = content.count(b"\n", 0, whole)

    def write(self, event: type[Event], **values: Any) -> None:
        """Appends one event; in one system call, so that a reader never sees half a line that later changes."""
        # Not validated here: what a worker writes is checked by tests, and tiny steps leave no time for it.
        made = {"seq": self.seq + 1, "time": round(time.time(), 3), **_defaults(event), **values}
        append_whole(self._file, _line(made))
        self.seq += 1

    def close(self) -> None:
        """Gives the file back."""
        os.close(self._file)


class EventReader:
    """Reads a log from its start and goes on where it stopped; a torn last line is left for the next time."""

    def __init__(self, folder: RunFolder) -> None:
        self._path = folder.events_file
        self._offset = 0
        self.seq = 0

    def lines(self, most: int = 1 << 20) -> list[bytes]:
        """The next whole lines, without their line ends, about `most` bytes. Empty where nothing is new."""
        try:
            with self._path.open("rb") as file:
                return self._take(file, most)
        except FileNotFoundError:
            return []

    def _take(self, file: BinaryIO, most: int) -> list[bytes]:
        if file.seek(0, os.SEEK_END) <= self._offset:
            return []
        file.seek(self._offset)
        block = file.read(most)
        if b"\n" not in block:
            block += file.readline()
        whole = block.rfind(b"\n") + 1
        self._offset += whole
        lines = block[:whole].splitlines()
        self.seq += len(lines)
        return lines

    def events(self) -> list[dict[str, Any]]:
        """All that is new, as plain JSON objects."""
        found: list[dict[str, Any]] = []
        while lines := self.lines():
            found.extend(json.loads(line) for line in lines)
        return found


@cache
def _defaults(event: type[Event]) -> dict[str, Any]:
    return {name: field.default for name, field in event.model_fields.items() if not field.is_required()}


def _line(made: dict[str, Any]) -> bytes:
    return json.dumps(made, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode() + b"\n"
