"""Thirty runs at once on the cores there are."""

import asyncio
import time
from pathlib import Path

from app.executors.limits import Limits
from app.runs.folder import RunFolder
from app.runs.log import EventReader
from benchmarks.documents import two_spirals
from benchmarks.ours import Yard, open_yard
from benchmarks.row import Row, milliseconds

RUNS = 30
SECONDS = 10.0


async def rows() -> list[Row]:
    """All started at once, each by its own person; ended after ten seconds."""
    async with open_yard(Limits(places=RUNS)) as yard:
        folders = [yard.make(two_spirals(), owner=f"person {number}") for number in range(RUNS)]
        began = time.time()
        firsts = asyncio.create_task(first_points(folders, began))
        await asyncio.gather(*(start(yard, folder) for folder in folders))
        waited = await firsts
        reached = {folder.id: step_of(folder) for folder in folders}
        await asyncio.sleep(SECONDS)  # the time in which they compete
        gained = sorted(step_of(folder) - reached[folder.id] for folder in folders)
        memory = sorted(proportional_memory(folder) for folder in folders)
        await asyncio.gather(*(yard.executor.stop(folder.id) for folder in folders))
    ratio = gained[-1] / max(gained[0], 1)
    return [
        Row(f"{RUNS} runs at once: first metric of the slowest", milliseconds(max(waited)), "1 s", max(waited) <= 1),
        Row("the same: fastest against slowest progress", f"{ratio:.2f} ×", "1.3 ×", ratio <= 1.3),
        Row("the same: memory of each (PSS)", f"{memory[-1]:.0f} MB", "60 MB", memory[-1] <= 60),
    ]


async def start(yard: Yard, folder: RunFolder) -> None:
    await yard.executor.start(folder.path, folder.about()["owner"])


async def first_points(folders: list[RunFolder], began: float) -> list[float]:
    """Seconds until each run has told its first metric, by its own log."""
    waited: dict[str, float] = {}
    readers = {folder.id: EventReader(folder) for folder in folders}
    while len(waited) < len(folders):
        for run, reader in readers.items():
            for event in reader.events():
                if event["type"] == "measured" and run not in waited:
                    waited[run] = event["time"] - began
        await asyncio.sleep(0.01)
    return list(waited.values())


def step_of(folder: RunFolder) -> int:
    """The last step that a run has told."""
    measured = [event for event in EventReader(folder).events() if event["type"] == "measured"]
    return measured[-1]["columns"]["step"][-1]


def proportional_memory(folder: RunFolder) -> float:
    """Megabytes of a worker; what it shares with others is divided by their number."""
    pid = next(event["pid"] for event in EventReader(folder).events() if event["type"] == "started")
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
