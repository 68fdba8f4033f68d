"""What a launcher is given: the few functions through which it runs work that it knows nothing about."""

import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

# Exit codes of a worker that mean more than "it ended". Any other code but 0 is a crash.
LEFT_PAUSED = 75  # it waits for a command and gave its place to others; a new start makes it go on
HELD_ELSEWHERE = 76  # another process holds the run's lock
OUT_OF_MEMORY = 77

GIVE_UP_PLACE = signal.SIGUSR1  # to a worker: somebody waits, so leave if the run is paused; else it means nothing

Call = Literal["go on", "stop"]
Work = Callable[[Path, Callable[[], None]], int | None]


@dataclass(frozen=True)
class Standing:
    """How far a run has come, by its own log. `step` is the furthest that any attempt reached.

    `called` says which command waits that a paused run has to hear: to go on, or to stop.
    """

    finished: bool
    step: int
    called: Call | None = None


@dataclass(frozen=True)
class Program:
    """`warm` runs once in the launcher and must leave it with one thread. `work` and `answer` run in forked processes.

    What stands in `at_leisure` is done in the launcher, one by one, from `leisure` seconds after warming on, where
    nothing waits: whoever asks meanwhile waits for one of them. It only saves time in what is forked later, and none
    of it may fail. A step that gives True is taken again after `leisure` seconds.

    `work(folder, give_way)` calls `give_way` once it has told its first point, so that others get theirs. It gives the
    exit code; `MemoryError` and `BlockingIOError` (the lock is taken) count as theirs. A worker that has the signal
    `GIVE_UP_PLACE` while its run is paused leaves with `LEFT_PAUSED`: somebody waits for its place.

    `standing` and `end` run in the launcher when a worker is gone: `end(folder, reason)` writes the end that it could
    not write.
    `seconds_left` is what a run itself expects to take from now on; it is asked while somebody waits for its place.
    """

    warm: Callable[[], None]
    work: Work
    answer: Callable[[dict[str, Any]], bytes]
    standing: Callable[[Path], Standing]
    end: Callable[[Path, str], None]
    at_leisure: Sequence[Callable[[], object]] = ()
    leisure: float = 1.0
    seconds_left: Callable[[Path], float | None] = lambda _folder: None
