"""The queue of runs that wait for a process: round robin by owner."""

import heapq
import itertools
from collections.abc import Mapping, Set
from dataclasses import dataclass
from math import inf
from typing import NamedTuple

from app.executors.executor import Waiting
from app.executors.limits import Limits


@dataclass(frozen=True)
class Busy:
    """A place that is taken: by whose run, for how many seconds so far, and for how many more by its own account."""

    owner: str
    seconds: float
    run: str = ""
    left: float | None = None


class End(NamedTuple):
    """When a run gives up its place, in seconds from now; `number` keeps the order where that is unknown."""

    at: float
    number: int
    run: str | None


class Queue:
    """Each owner has a line of runs; whoever was served longest ago comes first, so whoever never was before all."""

    def __init__(self) -> None:
        self._lines: dict[str, list[str]] = {}  # by owner, in the order of the next turn
        self._served: dict[str, int] = {}  # when each owner had a turn last, in turns
        self._turns = itertools.count(1)

    def __contains__(self, run: str) -> bool:
        return any(run in line for line in self._lines.values())

    def __len__(self) -> int:
        return sum(map(len, self._lines.values()))

    @property
    def owners(self) -> Set[str]:
        """Those of whom a run waits."""
        return self._lines.keys()

    def add(self, run: str, owner: str) -> None:
        """Puts a run at the end of its owner's line."""
        self._lines.setdefault(owner, []).append(run)
        self._lines = dict(sorted(self._lines.items(), key=lambda item: self._served.get(item[0], 0)))

    def newcomers(self) -> Set[str]:
        """Those who wait and never had a turn."""
        return self._lines.keys() - self._served.keys()

    def remove(self, run: str) -> None:
        """Takes a run out, if it is there."""
        for owner, line in list(self._lines.items()):
            if run in line:
                line.remove(run)
                if not line:
                    del self._lines[owner]

    def take(self, busy: list[Busy], limits: Limits) -> str | None:
        """The run whose turn it is, taken out; None where there is no place, or only for owners at their limit."""
        if len(busy) >= limits.places:
            return None
        counts = _counts(busy)
        for owner, line in self._lines.items():
            if counts.get(owner, 0) < limits.per_owner:
                run = line.pop(0)
                self._served[owner] = next(self._turns)
                del self._lines[owner]
                if line:
                    self._lines[owner] = line  # at the end: the others come first
                return run
        return None

    def waiting(self, busy: list[Busy], limits: Limits, usual: float | None) -> dict[str, Waiting]:
        """Everyone's place, played through: who ends when, and gives the place to whom.

        `usual` is the seconds that a run takes which has not said how long it still needs; None where nobody knows.
        """
        ends = sorted((End(_left(taken, usual), number, taken.run), taken.owner) for number, taken in enumerate(busy))
        # When a place, and an owner's share of the places, becomes free, and by whose end.
        free = [End(0.0, -1, None)] * max(limits.places - len(busy), 0) + [end for end, _ in ends]
        heapq.heapify(free)
        shares: dict[str, list[End]] = {}
        for end, owner in ends:
            shares.setdefault(owner, []).append(end)
        found: dict[str, Waiting] = {}
        for place, (run, owner) in enumerate(self._order(), start=1):
            share = shares.setdefault(owner, [])
            start = heapq.heappop(free)
            if len(share) >= limits.per_owner:
                start = max(start, heapq.heappop(share))
            over = End(start.at + (inf if usual is None else usual), len(busy) + place, run)
            heapq.heappush(share, over)
            heapq.heappush(free, over)
            known = start.at < inf and not (usual is None and start.run is None)
            found[run] = Waiting(place, _in_words(start.at) if known else None, start.run)
        return found

    def _order(self) -> list[tuple[str, str]]:
        """All that wait, in the order of their turns: everyone's first, then everyone's second …"""
        turns = [(turn, run, owner) for owner, line in self._lines.items() for turn, run in enumerate(line)]
        return [(run, owner) for _, run, owner in sorted(turns, key=lambda turn: turn[0])]


def _left(taken: Busy, usual: float | None) -> float:
    if taken.left is not None:
        return taken.left
    return inf if usual is None else max(usual - taken.seconds, usual / 10)


def _in_words(seconds: float) -> float:
    """As exact as a person is told, so that not every look at a wait that grows shorter is news."""
    return round(seconds, 1) if seconds < 10 else float(round(seconds))


def _counts(busy: list[Busy]) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for taken in busy:
        counts[taken.owner] = counts.get(taken.owner, 0) + 1
    return counts
