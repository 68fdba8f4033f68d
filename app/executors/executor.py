"""What every executor promises: it knows processes and machines, and nothing about networks."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from app.executors.answerer import Lane


@dataclass(frozen=True)
class Waiting:
    """A run's place in the queue: `position` counts from 1; `expected_seconds` is None while nothing is known.

    `behind` is the run whose end gives it its place, None where that is just becoming free.
    """

    position: int
    expected_seconds: float | None
    behind: str | None = None


@dataclass(frozen=True)
class Alive:
    """What the executor has in hand: runs with a process, and runs that wait for one."""

    running: frozenset[str]
    waiting: dict[str, Waiting]


class Executor(Protocol):
    """Runs are named by their ids; a run's folder holds all that its worker needs."""

    async def start(self, folder: Path, owner: str) -> None:
        """Gives the run a process, now or when its turn comes. Starting a run that has one does nothing."""
        ...

    async def stop(self, run: str) -> None:
        """Takes the run out of the queue, or ends its process; returns when that is done.

        Where the run has not finished by then, its end is `stopped`. A run that is not in hand is left as it is.
        """
        ...

    async def alive(self) -> Alive:
        """What runs and what waits."""
        ...

    async def ask(
        self,
        question: dict[str, Any],
        key: str,
        timeout: float = 30.0,
        stay: float = 0.0,
        *,
        owner: str = "",
        lane: Lane = "quick",
    ) -> bytes:
        """A warm worker's answer. A newer question with the same `key` cancels an older one: that raises `Cancelled`.

        The worker stays that many seconds for the next question with this key, which it answers with what it has.
        Owners take turns, and each `lane` has places of its own.
        Raises `Unanswered` where the worker died or took longer than `timeout` seconds.
        """
        ...


class Cancelled(Exception):
    """A newer question took this one's place."""


class Unanswered(Exception):
    """The worker died or took too long over a question."""


class Unreachable(Exception):
    """The executor cannot be reached, and could not be started anew."""
