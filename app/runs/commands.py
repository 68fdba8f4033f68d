"""The log of a run's commands: what people asked of it, one a line, numbered by line."""

import fcntl
import json
import os
import time
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

from app.runs.folder import RunFolder
from app.runs.room import append_whole

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]


class _Command(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    id: str = Field("", max_length=64, description="Made by the client, so that a retry does nothing.")
    seat: str = Field("local", max_length=64)
    time: float = 0.0
    at_step: int | None = Field(None, ge=0, description="Takes effect after exactly that many steps.")


class Pause(_Command):
    """Wait after the step that is being taken."""

    kind: Literal["pause"] = "pause"


class Resume(_Command):
    """Go on."""

    kind: Literal["resume"] = "resume"


class Stop(_Command):
    """End the run."""

    kind: Literal["stop"] = "stop"


class TakeSteps(_Command):
    """Train so much, then wait."""

    kind: Literal["step"] = "step"
    steps: int = Field(0, ge=0, le=1_000_000)
    epochs: int = Field(0, ge=0, le=100_000)
    networks: list[Name] | None = Field(
        None, min_length=1, max_length=32, description="Only these move meanwhile, of several networks."
    )


class Pace(_Command):
    """How fast to show it; no part of the record."""

    kind: Literal["speed"] = "speed"
    value: Literal["watch", "fast", "full"]


class Weight(BaseModel):
    """One number of a parameter, such as `/networks/main/layers/0/weight`. `index` has as many numbers as the tensor
    directions: (output, input) of a linear layer's weight, (filter, channel, row, column) of a convolution's,
    (output,) of a bias."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    path: str = Field(
        max_length=200, pattern=r"^/networks/[a-z][a-z0-9_]{0,31}(/(layers|head|branches)/\d{1,3})+/(weight|bias)$"
    )
    index: list[Annotated[int, Field(ge=0, le=10_000_000)]] = Field(min_length=1, max_length=4)


class Set(_Command):
    """Change a setting, or one weight, while training. Exactly one of `path` and `weight` is given."""

    kind: Literal["set"] = "set"
    path: str | None = Field(None, max_length=200)
    weight: Weight | None = None
    value: float | bool


Command = Pause | Resume | Stop | TakeSteps | Pace | Set
COMMAND: TypeAdapter[Command] = TypeAdapter(Annotated[Command, Field(discriminator="kind")])


def append(folder: RunFolder, command: Command) -> int:
    """Writes a command and gives its number; one whose `id` was seen before does nothing and gives the old number."""
    with folder.commands_file.open("r+b", buffering=0) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        lines = file.read().splitlines(keepends=True)
        if lines and not lines[-1].endswith(b"\n"):  # torn by a crash
            file.seek(-len(lines.pop()), 2)
            file.truncate()
        if command.id:
            for number, line in enumerate(lines, start=1):
                if json.loads(line).get("id") == command.id:
                    return number
        stamped = command.model_copy(update={"time": round(time.time(), 3)})
        file.seek(0, os.SEEK_END)
        append_whole(file.fileno(), stamped.model_dump_json(exclude_none=True).encode() + b"\n")
        return len(lines) + 1


class CommandReader:
    """Gives commands with their numbers, each once, in order."""

    def __init__(self, folder: RunFolder) -> None:
        self._file = folder.commands_file.open("rb", buffering=0)
        self._rest = b""
        self.number = 0

    def new(self) -> list[tuple[int, Command]]:
        """What has come since the last call; one system call where nothing has."""
        block = self._file.read()
        if not block:
            return []
        *lines, self._rest = (self._rest + block).split(b"\n")
        found: list[tuple[int, Command]] = []
        for line in lines:
            self.number += 1
            found.append((self.number, COMMAND.validate_json(line)))
        return found

    def close(self) -> None:
        """Gives the file back."""
        self._file.close()


def as_recorded(command: Command) -> dict[str, Any]:
    """A command as its `command_applied` event keeps it: without who sent it and when."""
    return command.model_dump(exclude={"id", "seat", "time", "at_step"}, exclude_none=True)
