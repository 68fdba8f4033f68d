"""The record of a run: what it learned at which step, however often it was interrupted."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

RecordRow = dict[str, Any]
CONTROL = ("pause", "resume", "step", "speed")  # commands that change when it trains


@dataclass
class Record:
    """For each step the last measured and evaluated values, the steps of kept frames, and the commands applied."""

    measured: dict[int, RecordRow] = field(default_factory=dict[int, RecordRow])
    evaluated: dict[int, RecordRow] = field(default_factory=dict[int, RecordRow])
    frames: set[int] = field(default_factory=set[int])
    # By number: at which step it took effect, and the command.
    commands: dict[int, tuple[int, RecordRow]] = field(default_factory=dict[int, tuple[int, RecordRow]])
    finished: RecordRow | None = None


def record(events: Iterable[dict[str, Any]]) -> Record:
    """The record that a run's events, plain JSON objects in order, leave behind."""
    kept = Record()
    for event in events:
        match event["type"]:
            case "measured":
                columns = event["columns"]
                for row in zip(*columns.values(), strict=True):
                    values = dict(zip(columns, row, strict=True))
                    kept.measured[values["step"]] = values
            case "evaluated":
                kept.evaluated[event["step"]] = {key: event[key] for key in ("epoch", "metrics", "layers", "confusion")}
            case "frame_kept":
                kept.frames.add(event["step"])
            case "command_applied":
                if teaches(event["command"]):
                    kept.commands[event["number"]] = (event["step"], event["command"])
            case "rewound":
                _rewind(kept, event["step"])
            case "finished":
                kept.finished = {key: event[key] for key in ("step", "epoch", "reason")}
            case _:
                pass
    return kept


def teaches(command: RecordRow) -> bool:
    """Whether a command changes what is learned, and not only when."""
    return command["kind"] not in CONTROL or bool(command.get("networks"))


def digest(kept: Record) -> str:
    """One number for a whole record, equal for equal training."""
    whole = [
        sorted(kept.measured.items()),
        sorted(kept.evaluated.items()),
        sorted(kept.frames),
        sorted((step, json.dumps(command, sort_keys=True)) for step, command in kept.commands.values()),
        kept.finished,
    ]
    return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()


def _rewind(kept: Record, step: int) -> None:
    kept.measured = {at: row for at, row in kept.measured.items() if at <= step}
    kept.evaluated = {at: row for at, row in kept.evaluated.items() if at <= step}
    kept.frames = {at for at in kept.frames if at <= step}
