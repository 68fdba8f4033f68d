"""Trains runs for tests: here in this process, or by a launcher that forks real workers."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.executors.local import LocalExecutor
from app.runs import events
from app.runs.commands import COMMAND, append
from app.runs.folder import RunFolder
from app.runs.log import EventReader, EventWriter
from app.training.worker import work

DEADLINE = 120.0  # seconds a run of a test may take

Story = list[dict[str, Any]]


def new_run(runs: Path, document: dict[str, Any], *commands: dict[str, Any]) -> RunFolder:
    """A queued run, with commands that wait for it."""
    folder = RunFolder.create(runs, document, {"owner": "local"})
    writer = EventWriter(folder)
    writer.write(events.Queued, owner="local")
    writer.close()
    for command in commands:
        order(folder, **command)
    return folder


def order(folder: RunFolder, **command: Any) -> int:
    """Appends a command and gives its number."""
    return append(folder, COMMAND.validate_python(command))


def trained(runs: Path, document: dict[str, Any], *commands: dict[str, Any]) -> Story:
    """The events of a run that is trained in this process."""
    folder = new_run(runs, document, *commands)
    work(folder.path)
    return EventReader(folder).events()


class Watch:
    """Reads a run's log as it grows."""

    def __init__(self, folder: RunFolder) -> None:
        self._reader = EventReader(folder)
        self.told: Story = []

    async def until(self, wanted: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The first new event that is wanted. Raises `TimeoutError` where none comes."""
        deadline = time.monotonic() + DEADLINE
        while time.monotonic() < deadline:
            fresh = self._reader.events()
            self.told += fresh
            for event in fresh:
                if wanted(event):
                    return event
            await asyncio.sleep(0.005)
        raise TimeoutError(f"Nothing of the kind in {DEADLINE} s; the last event was {self.told[-1:]}.")

    async def until_finished(self) -> Story:
        """All events of the run, when it is over."""
        if not any(event["type"] == "finished" for event in self.told):
            await self.until(lambda event: event["type"] == "finished")
        return self.told


async def run_by_launcher(executor: LocalExecutor, folder: RunFolder) -> Watch:
    """Starts a run in a worker of its own."""
    await executor.start(folder.path, folder.id)
    return Watch(folder)
