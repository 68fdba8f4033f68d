"""Commands in the order and at the steps at which they take effect, also when a run is trained again after a crash."""

from typing import Any

from app.runs.commands import Command, CommandReader, as_recorded
from app.runs.folder import RunFolder
from app.runs.record import teaches


class Orders:
    """`recorded` says at which step earlier attempts applied a command; it is applied there again."""

    def __init__(self, folder: RunFolder, recorded: dict[int, int], frontier: int) -> None:
        self._reader = CommandReader(folder)
        self._recorded = recorded
        self._frontier = frontier  # the last step that earlier attempts took
        self._pending: list[tuple[int, Command]] = []
        self._applied: set[int] = set()

    def due(self, step: int) -> list[tuple[int, Command]]:
        """The commands that take effect now, after `step` steps, each once."""
        self._read()
        if not self._pending:
            return []
        now = [order for order in self._pending if self._moment(order, step) <= step]
        if now:
            self._pending = [order for order in self._pending if order not in now]
            self._applied.update(number for number, _ in now)
        return now

    def next_step(self, step: int) -> int | None:
        """The first step behind `step` at which a command that is known takes effect."""
        return min((at for order in self._pending if (at := self._moment(order, step)) > step), default=None)

    def waiting(self) -> bool:
        """Whether a command has come that is not applied yet."""
        self._read()
        return bool(self._pending)

    def close(self) -> None:
        """Gives the commands' file back."""
        self._reader.close()

    def is_new(self, number: int) -> bool:
        """Whether no earlier attempt has recorded this command."""
        return number not in self._recorded

    def state(self) -> dict[str, Any]:
        """What a checkpoint keeps."""
        return {"applied": sorted(self._applied)}

    def restore(self, state: dict[str, Any]) -> None:
        """Goes on from a `state`."""
        self._applied = set(state["applied"])

    def _read(self) -> None:
        self._pending += [order for order in self._reader.new() if order[0] not in self._applied]

    def _moment(self, order: tuple[int, Command], step: int) -> int:
        number, command = order
        if number in self._recorded:
            return self._recorded[number]
        if command.at_step is not None:
            return command.at_step
        # What is trained again is left as it was; a new change waits until new steps begin.
        waits = teaches(as_recorded(command)) and command.kind != "stop"
        return max(step, self._frontier) if waits else step
