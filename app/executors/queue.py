"""The queue of runs that wait for a process: round robin by owner."""

import heapq
from collections.abc import Mapping
from dataclasses import dataclass

from app.executors.executor import Waiting
from app.executors.limits import Limits


@dataclass(frozen=True)
class Busy:
    """A place that is taken: by whose run, and for how many seconds so far."""

    owner: str
    seconds: float


class Queue:
    """Each owner has a line of runs; whoever was served longest ago comes first."""

    def __init__(self) -> None:
        self._lines: dict[str, list[str]] = {}  # by owner, in the order of the next turn

    def __contains__(self, run: str) -> bool:
        return any(run in line for line in self._lines.values())

    def __len__(self) -> int:
        return sum(map(len, self._lines.values()))

    def add(self, run: str, owner: str) -> None:
        """Puts a run at the end of its owner's line."""
        self._lines.setdefault(owner, []).append(run)

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
                del self._lines[owner]
                if line:
                    self._lines[owner] = line  # at the end: the others come first
                return run
        return None

    def waiting(self, busy: list[Busy], limits: Limits, usual: float | None) -> dict[str, Waiting]:
        """Everyone's place. `usual` is the seconds that a run takes; the wait is played through with it."""
        order = self._order()
        if usual is None:
            return {run: Waiting(place, None) for place, (run, _) in enumerate(order, start=1)}
        ends = sorted((max(usual - one.seconds, usual / 10), one.owner) for one in busy)
        # The times at which a place, and an owner's share of the places, become free.
        free = [0.0] * max(limits.places - len(busy), 0) + [end for end, _ in ends]
        heapq.heapify(free)
        shares: dict[str, list[float]] = {}
        for end, owner in ends:
            shares.setdefault(owner, []).append(end)
        found: dict[str, Waiting] = {}
        for place, (run, owner) in enumerate(order, start=1):
            share = shares.setdefault(owner, [])
            start = heapq.heappop(free)
            if len(share) >= limits.per_owner:
                start = max(start, heapq.heappop(share))
            heapq.heappush(share, start + usual)
            heapq.heappush(free, start + usual)
            found[run] = Waiting(place, round(start, 1))
        return found

    def _order(self) -> list[tuple[str, str]]:
        """All that wait, in the order of their turns: everyone's first, then everyone's second …"""
        turns = [(turn, run, owner) for owner, line in self._lines.items() for turn, run in enumerate(line)]
        return [(run, owner) for _, run, owner in sorted(turns, key=lambda one: one[0])]


def _counts(busy: list[Busy]) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for one in busy:
        counts[one.owner] = counts.get(one.owner, 0) + 1
    return counts
