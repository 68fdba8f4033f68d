"""What a warm launcher costs and saves: time to the first steps, time to an answer, memory of each run."""

import asyncio
import re
import time
from pathlib import Path
from statistics import median
from typing import Any

from app.executors.limits import Limits
from app.runs.log import EventReader
from benchmarks.documents import two_spirals
from benchmarks.ours import Yard, open_yard

ROUNDS = 15
OPEN = 20  # runs at once, for their memory
LOOK_EVERY = 0.001  # seconds
MB = 1e6  # bytes

Row = tuple[str, str, str]  # what, target, measured


async def rows() -> list[Row]:
    """The measurements, in the order in which a person meets them."""
    began = time.monotonic()
    async with open_yard(Limits(places=OPEN)) as yard:
        await yard.executor.alive()
        warm = time.monotonic() - began
        steps, points = await _first_steps(yard)
        answers = {kind: await _answer(yard, question) for kind, question in _questions().items()}
        each = await _memory(yard)
    return [
        ("launcher: start until warm", "", f"{warm:.1f} s"),
        ("run: start asked to worker's first line", "", f"{1000 * steps:.0f} ms"),
        ("run: start asked to first recorded point", "100 ms", f"{1000 * points:.0f} ms"),
        *((f"question: {kind}", "", f"{1000 * seconds:.0f} ms") for kind, seconds in answers.items()),
        (f"memory of a run, {OPEN} open (PSS)", "60 MB", f"{each / MB:.0f} MB"),
    ]


async def _first_steps(yard: Yard) -> tuple[float, float]:
    """Seconds from the wish to `started`, and to the first measured point, warm; medians."""
    started: list[float] = []
    measured: list[float] = []
    for _ in range(ROUNDS):
        folder = yard.make(two_spirals())
        reader, waited = EventReader(folder), {"started": started, "measured": measured}
        began = time.monotonic()
        await yard.executor.start(folder.path, "local")
        while waited:
            for event in reader.events():
                if event["type"] in waited:
                    waited.pop(event["type"]).append(time.monotonic() - began)
            await asyncio.sleep(LOOK_EVERY)
        await yard.executor.stop(folder.id)
    return median(started), median(measured)


def _questions() -> dict[str, dict[str, Any]]:
    document = two_spirals()
    return {
        "preview of spirals": {"kind": "preview", "dataset": document["dataset"]},
        "picture of the untrained network": {"kind": "picture", "experiment": document, "probes": ["surface"]},
    }


async def _answer(yard: Yard, question: dict[str, Any]) -> float:
    taken: list[float] = []
    for _ in range(ROUNDS):
        began = time.monotonic()
        await yard.executor.ask(question, "bench")
        taken.append(time.monotonic() - began)
    return median(taken)


async def _memory(yard: Yard) -> float:
    """Bytes that one run adds, when `OPEN` of them train: shared pages count for each by their share."""
    launcher = await yard.executor.launcher()
    folders = [yard.make(two_spirals(), f"owner {number}") for number in range(OPEN)]
    for number, folder in enumerate(folders):
        await yard.executor.start(folder.path, f"owner {number}")
    readers = [EventReader(folder) for folder in folders]
    waiting = set(range(OPEN))
    pids: list[int] = []
    while waiting:
        for number in list(waiting):
            for event in readers[number].events():
                if event["type"] == "started":
                    pids.append(event["pid"])
                elif event["type"] == "measured":
                    waiting.discard(number)
        await asyncio.sleep(0.05)
    whole = sum(_pss(pid) for pid in [launcher, *pids])
    for folder in folders:
        await yard.executor.stop(folder.id)
    return whole / OPEN


def _pss(pid: int) -> float:
    found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
    return int(found[1]) * 1024.0 if found else 0.0


if __name__ == "__main__":
    for what, target, measured in asyncio.run(rows()):
        print(f"{what:50} {target:>10} {measured:>10}")
