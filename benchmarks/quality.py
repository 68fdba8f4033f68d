"""`python -m benchmarks.quality [NAME ...]`: trains every preset, or those named, and writes into docs/quality.md what
came of it."""

import asyncio
import os
import platform
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from app.executors.limits import Limits
from app.experiment.presets import PRESETS, Fails, Preset, Reaches, Variant
from benchmarks.ours import Yard, follow, yard
from benchmarks.passengers import passengers_preset

PAGE = Path(__file__).parents[1] / "docs" / "quality.md"
HEAD = """# What the presets reach

Written by `make bench-quality`, which trains every preset and every variant of it, and the example of an own table,
with its own fixed seed in a worker of its own, {places} at a time. {machine}. Seconds are those of the worker; other
processes ran beside it.

A preset that shows a failure promises to fail in the named way.

| preset | variant | what | promised | reached | steps | seconds | kept |
| --- | --- | --- | --- | --- | ---: | ---: | :---: |
"""
LIMIT = 600.0  # seconds for one run


@dataclass(frozen=True)
class Line:
    """One promise of one variant."""

    preset: str
    variant: str
    what: str
    promised: str
    reached: str
    steps: int
    seconds: float
    kept: bool

    def __str__(self) -> str:
        cells = (self.preset, self.variant, self.what, self.promised, self.reached, f"{self.steps:,}")
        return f"| {' | '.join(cells)} | {self.seconds:.1f} | {'yes' if self.kept else '**no**'} |"


async def main(names: list[str]) -> int:
    """Gives how many promises were broken. Where some presets are named, the lines of the others stay as they are."""
    places = max((os.cpu_count() or 2) - 1, 1)
    async with yard(Limits(places=places, per_owner=places)) as one:
        room = asyncio.Semaphore(places)
        lines = await asyncio.gather(
            *(
                trained(one, room, preset, variant, document)
                for preset in (*PRESETS, passengers_preset(one.data))
                if not names or preset.name in names
                for variant, document in preset.documents()
            )
        )
    machine = (
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, torch {version('torch')}"
    )
    found = [line for some in lines for line in some]
    fresh = {line.preset for line in found}
    before = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")][2:] if names else []
    stay = [line for line in before if line.split(" | ")[0].removeprefix("| ") not in fresh]
    PAGE.write_text(HEAD.format(places=places, machine=machine) + "".join(f"{line}\n" for line in [*stay, *found]))
    broken = sum(not line.kept for line in found)
    print(f"{PAGE}: {len(found)} promises, {broken} broken")
    return broken


async def trained(
    one: Yard, room: asyncio.Semaphore, preset: Preset, variant: Variant, document: dict[str, Any]
) -> list[Line]:
    """A line for each promise of a variant."""
    async with room:
        folder = one.make(document)
        await one.executor.start(folder.path, "local")
        events = await asyncio.wait_for(follow(folder, watched=False), LIMIT)
    last = {event["type"]: event for event in events}
    seconds = events[-1]["time"] - last["started"]["time"]
    lines: list[Line] = []
    for expected in variant.expected:
        what, promised, reached, kept = judged(expected, events, seconds)
        line = Line(preset.title, variant.title, what, promised, reached, events[-1]["step"], seconds, kept)
        print(line, flush=True)
        lines.append(line)
    return lines


def judged(expected: Reaches | Fails, events: list[dict[str, Any]], seconds: float) -> tuple[str, str, str, bool]:
    """What is promised of what, what came, and whether that is kept. Time is told, and promised nothing here."""
    if isinstance(expected, Fails):
        said = [event["what"] for event in events if event["type"] == "warned"]
        return "the run's own words", expected.what, ", ".join(said) or "nothing", expected.what in said
    evaluated = [event for event in events if event["type"] == "evaluated"]
    value = float(evaluated[-1]["metrics"][expected.metric])
    bounds = [f"≥ {expected.at_least:g}"] if expected.at_least > float("-inf") else []
    bounds += [f"≤ {expected.at_most:g}"] if expected.at_most < float("inf") else []
    return expected.metric.replace("_", " "), " and ".join(bounds), f"{value:.4g}", expected.met(value)


if __name__ == "__main__":
    sys.exit(1 if asyncio.run(main(sys.argv[1:])) else 0)
