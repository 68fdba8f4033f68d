"""`python -m benchmarks.quality [--seeds N] [NAME ...]`: trains every preset, or those named, and writes into
docs/quality.md what came of it and what each run says of itself at its end."""

import argparse
import asyncio
import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from app.executors.limits import Limits
from app.experiment.check import checked
from app.experiment.patch import patched
from app.experiment.presets import PRESETS, Fails, Preset, Reaches, Variant
from app.runs.folder import RunFolder
from app.runs.origin import keep_start, starting_weights
from app.web.language import language
from benchmarks.ours import Yard, follow, open_yard
from benchmarks.passengers import passengers_preset

PAGE = Path(__file__).parents[1] / "docs" / "quality.md"
HEAD = """# What the presets reach

Written by `make bench-quality`, which trains every preset and every variant of it, and the example of an own table,
with its own fixed seed in a worker of its own, {places} at a time. {machine}.
Seconds are processor seconds of the worker, recording and all. Where there is more than one seed (`--seeds 3`), the
lowest and the highest value stand there, a promise is kept only if each seed keeps it, and the seconds are the median.
Seconds in brackets were measured earlier, on the clock of a busy machine.

A preset that shows a failure promises to fail in the named way.

| preset | variant | what | promised | reached | seeds | steps | seconds | kept |
| --- | --- | --- | --- | --- | ---: | ---: | ---: | :---: |
"""
SAID = """
## What they say of themselves

The verdict at the end of each run, and of what the preset suggests to try. Read it as a teacher would: no sentence may
be wrong.

| preset | variant | said | fix |
| --- | --- | --- | --- |
"""
TRY = "Try this"
LIMIT = 600.0  # seconds for one run


@dataclass(frozen=True)
class Bench:
    """Where runs are trained, how many at a time, and with how many seeds."""

    yard: Yard
    room: asyncio.Semaphore
    seeds: int


@dataclass(frozen=True)
class Line:
    """One promise of one variant."""

    preset: str
    variant: str
    what: str
    promised: str
    reached: str
    seeds: int
    steps: int
    seconds: float
    kept: bool

    def __str__(self) -> str:
        cells = (self.preset, self.variant, self.what, self.promised, self.reached, str(self.seeds), f"{self.steps:,}")
        return f"| {' | '.join(cells)} | {self.seconds:.1f} | {'yes' if self.kept else '**no**'} |"


@dataclass(frozen=True)
class Said:
    """What a run says of itself at its end, and the fix that it offers."""

    preset: str
    variant: str
    said: str
    fix: str

    def __str__(self) -> str:
        return f"| {self.preset} | {self.variant} | {self.said} | {self.fix} |"


async def main(names: list[str], seeds: int) -> int:
    """Gives how many promises were broken. Where some presets are named, the lines of the others stay as they are."""
    places = max((os.cpu_count() or 2) - 1, 1)
    async with open_yard(Limits(places=places, per_owner=places)) as yard:
        bench = Bench(yard, asyncio.Semaphore(places), seeds)
        lines = await asyncio.gather(
            *(
                trained(bench, preset, variant, document)
                for preset in (*PRESETS, passengers_preset(yard.data))
                if not names or preset.name in names
                for variant, document in documents(preset)
            )
        )
    machine = (
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, torch {version('torch')}"
    )
    found = [line for some, _ in lines for line in some]
    said = [verdict for _, verdict in lines]
    before = PAGE.read_text("utf-8").split(SAID.splitlines()[1]) if names else []
    fresh = {verdict.preset for verdict in said}
    stay = [_rows(text, fresh) for text in (*before, "", "")]
    written = HEAD.format(places=places, machine=machine) + "".join(f"{line}\n" for line in [*stay[0], *found])
    PAGE.write_text(written + SAID + "".join(f"{line}\n" for line in [*stay[1], *said]))
    broken = sum(not line.kept for line in found)
    print(f"{PAGE}: {len(found)} promises, {broken} broken")
    return broken


def documents(preset: Preset) -> Iterator[tuple[Variant, dict[str, Any]]]:
    """Each variant, and what the preset suggests to try where that is none of them."""
    found = list(preset.documents())
    tried = patched(preset.experiment, preset.try_edits)
    yield from found
    if tried not in [document for _, document in found]:
        yield Variant(TRY, preset.try_edits, ()), tried


def _rows(text: str, without: set[str]) -> list[str]:
    """The rows of a table on the page, but for those of some presets."""
    rows = [line for line in text.splitlines() if line.startswith("| ")][2:]
    return [row for row in rows if row.split(" | ")[0].removeprefix("| ") not in without]


async def trained(bench: Bench, preset: Preset, variant: Variant, document: dict[str, Any]) -> tuple[list[Line], Said]:
    """A line for each promise of a variant, and what it says of itself with its own seed."""
    runs: list[list[dict[str, Any]]] = []
    for number in range(bench.seeds if variant.expected else 1):
        async with bench.room:
            runs.append(
                await _of_seed(bench.yard, preset, variant, {**document, "seed": document.get("seed", 0) + number})
            )
    seconds = median(_processor_seconds(events) for events in runs)
    steps = max(events[-1]["step"] for events in runs)
    lines: list[Line] = []
    for expected in variant.expected:
        what, promised = promise(expected)
        reached, kept = came(expected, runs)
        line = Line(preset.title, variant.title, what, promised, reached, len(runs), steps, seconds, kept)
        print(line, flush=True)
        lines.append(line)
    verdict = next((event["verdict"] for event in reversed(runs[0]) if event["type"] == "judged"), None)
    return lines, _said(preset, variant, verdict)


async def _of_seed(yard: Yard, preset: Preset, variant: Variant, document: dict[str, Any]) -> list[dict[str, Any]]:
    """All events of one run; a stage that has to come before it is trained first, with the same seed."""
    if preset.after is not None and variant.started:
        before = next(other for other in PRESETS if other.name == preset.after.preset)
        first, _ = await ended(yard, preset.after.first(before.experiment, document))
        document = patched(document, preset.after.edits(first.id))
    return (await ended(yard, document))[1]


def _processor_seconds(events: list[dict[str, Any]]) -> float:
    return next(float(event["cpu_seconds"]) for event in reversed(events) if event["type"] == "speed")


async def ended(yard: Yard, document: dict[str, Any]) -> tuple[RunFolder, list[dict[str, Any]]]:
    """A run that was trained to its end, and all its events."""
    folder = yard.make(document)
    keep_start(folder, starting_weights(folder.path.parent, checked(document)))
    await yard.executor.start(folder.path, "local")
    return folder, await asyncio.wait_for(follow(folder, watched=False), LIMIT)


def _said(preset: Preset, variant: Variant, verdict: dict[str, Any] | None) -> Said:
    if verdict is None:
        return Said(preset.title, variant.title, "nothing", "")
    english = language("en")
    words = f"**{english.told(verdict['head'])}** {english.told(verdict['sentence'])}"
    return Said(preset.title, variant.title, words, english.told(verdict["fix"]["title"]) if verdict["fix"] else "")


def promise(expected: Reaches | Fails) -> tuple[str, str]:
    """What is promised of what. Time is told, and promised nothing here."""
    if isinstance(expected, Fails):
        return "the run's own words", expected.what
    bounds = [f"≥ {expected.at_least:g}"] if expected.at_least > float("-inf") else []
    bounds += [f"≤ {expected.at_most:g}"] if expected.at_most < float("inf") else []
    return expected.metric.replace("_", " "), " and ".join(bounds)


def came(expected: Reaches | Fails, runs: list[list[dict[str, Any]]]) -> tuple[str, bool]:
    """What each run reached, and whether all keep the promise."""
    if isinstance(expected, Fails):
        said = [
            dict.fromkeys(
                event["verdict"]["what"] for event in events if event["type"] == "judged" and event["verdict"]
            )
            for events in runs
        ]
        return " / ".join(", ".join(words) or "nothing" for words in said), all(
            expected.what in words for words in said
        )
    values = [_value(expected, events) for events in runs]
    low, high = f"{min(values):.4g}", f"{max(values):.4g}"
    return low if low == high else f"{low} … {high}", all(expected.met(value) for value in values)


def _value(expected: Reaches, events: list[dict[str, Any]]) -> float:
    """The metric at the end, or the first of the last few evaluations that breaks the promise."""
    evaluated = [event for event in events if event["type"] == "evaluated"]
    values = [float(event["metrics"][expected.metric]) for event in evaluated[-expected.held :]]
    return next((value for value in values if not expected.met(value)), values[-1])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Train the presets, and write down what came of it.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="a preset; without any, all")
    parser.add_argument("--seeds", type=int, default=1, help="how many seeds: the document's own and those after it")
    asked = parser.parse_args()
    sys.exit(1 if asyncio.run(main(asked.names, asked.seeds)) else 0)
