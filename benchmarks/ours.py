"""Runs of ours, in real workers behind the launcher, with someone watching."""

import asyncio
import tempfile
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from app.executors.limits import Limits
from app.executors.local import LocalExecutor
from app.runs import events
from app.runs.folder import RunFolder
from app.runs.log import EventReader, EventWriter

WATCHED = ["surface", "weights", "activations", "feature_maps", "attention", "states", "gates", "written"]
LOOK_EVERY = 0.03  # seconds, as the server reads a log
WATCH_EVERY = 2.0


class Yard:
    """A launcher over a temporary data folder."""

    def __init__(self, data: Path, executor: LocalExecutor) -> None:
        self.data = data
        self.executor = executor

    def make(self, document: dict[str, Any], owner: str = "local") -> RunFolder:
        """The folder of a new run, queued."""
        folder = RunFolder.create(self.data / "runs", document, {"owner": owner})
        writer = EventWriter(folder)
        writer.write(events.Queued, owner=owner)
        writer.close()
        return folder

    async def train(self, document: dict[str, Any], watched: bool = True) -> list[dict[str, Any]]:
        """All events of a run, from its start to its end."""
        folder = self.make(document)
        if watched:
            folder.watch(WATCHED)
        await self.executor.start(folder.path, "local")
        return await follow(folder, watched)


@asynccontextmanager
async def open_yard(limits: Limits | None = None) -> AsyncGenerator[Yard]:
    """A warm launcher; ended and removed at the end."""
    with tempfile.TemporaryDirectory(prefix="trainyard-bench-") as folder:
        executor = LocalExecutor(Path(folder), limits)
        await executor.launcher()
        try:
            yield Yard(Path(folder), executor)
        finally:
            await executor.shutdown()


async def follow(folder: RunFolder, watched: bool) -> list[dict[str, Any]]:
    """Reads a run's log as the server does, until it finishes."""
    reader, found, told = EventReader(folder), list[dict[str, Any]](), 0.0
    while not found or found[-1]["type"] != "finished":
        if watched and time.monotonic() - told > WATCH_EVERY:
            folder.watch(WATCHED)
            told = time.monotonic()
        found += reader.events()
        await asyncio.sleep(LOOK_EVERY)
    return found
