"""What a launcher is given: the few functions through which it runs work that it knows nothing about."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Exit codes of a worker that mean more than "it ended". Any other code but 0 is a crash.
LEFT_PAUSED = 75  # it waits for a command and gave its place to others; a new start makes it go on
HELD_ELSEWHERE = 76  # another process holds the run's lock
OUT_OF_MEMORY = 77

Work = Callable[[Path, Callable[[], None]], int | None]


@dataclass(frozen=True)
class Standing:
    """How far a run has come, by its own log. `step` is the furthest that any attempt reached."""

    finished: bool
    step: int


@dataclass(frozen=True)
class Program:
    """`warm` runs once in the launcher and must leave it with one thread. `work` and `answer` run in forked processes.

    What stands in `at_leisure` is done in the launcher, one by one, from `leisure` seconds after warming on, where
    nothing waits: whoever asks meanwhile waits for one of them. It only saves time in what is forked later, and none
    of it may fail.

    `work(folder, give_way)` calls `give_way` once it has told its first point, so that others get theirs. It gives the
    exit code; `MemoryError` and `BlockingIOError` (the lock is taken) count as theirs. `standing` and `end` run in the
    launcher when a worker is gone: `end(folder, reason)` writes the end that it could not write.
    """

    warm: Callable[[], None]
    work: Work
    answer: Callable[[dict[str, Any]], bytes]
    standing: Callable[[Path], Standing]
    end: Callable[[Path, str], None]
    at_leisure: Sequence[Callable[[], object]] = ()
    leisure: float = 1.0
