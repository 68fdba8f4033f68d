"""The workers of a launcher: forks them, and decides what a worker's end means for its run."""

import os
import signal
import time
import traceback
from collections.abc import Callable

from app.executors import linux
from app.executors.child import be_worker, fork
from app.executors.hand import Hand, Run
from app.executors.program import GIVE_UP_PLACE, HELD_ELSEWHERE, LEFT_PAUSED, OUT_OF_MEMORY, Program, Standing
from app.executors.report import report

KILLED = (-signal.SIGKILL, -signal.SIGTERM)
GRACE = 5.0  # seconds between the wish that a process end and its end
ASK_EVERY = 0.05  # seconds between two workers that are asked for their place; the one asked longest ago comes next
REFUSALS = 20  # of a lock that another holds, half a second apart

Then = Callable[[], None]


class Workers:
    """`fill` gives a process to a run, `ended` is told of each that is gone, `late` looks at the clock."""

    def __init__(self, hand: Hand, program: Program) -> None:
        self._hand = hand
        self._program = program
        self._parent = os.getpid()
        self._oom_kills = linux.oom_kills()
        self._stops: list[tuple[Run, Then]] = []
        self._ask_at = 0.0

    def fill(self) -> bool:
        """Forks for a run whose turn it is, and tells whether there was one: then there may be more.

        One at a time, because a fork takes tens of milliseconds, and servers wait for a word meanwhile.
        """
        now = time.monotonic()
        again = (run for run in self._hand.placed() if run.pid is None and run.again_at <= now)
        run = next(again, None) or self._hand.next()
        if run is not None:
            self._fork(run)
        if now >= self._ask_at:
            self._ask_for_a_place(now)
        return run is not None

    def stop(self, name: str, then: Then) -> None:
        """Ends a run's process, or takes it out of the queue; calls `then` when that is done."""
        run = self._hand.runs.get(name)
        if run is None:
            then()
        elif run.pid is None:
            self._finish(run, "stopped")
            then()
        else:
            self._stops.append((run, then))
            if run.kill_at is None:
                run.kill_at = time.monotonic() + GRACE
                os.kill(run.pid, signal.SIGTERM)

    def ended(self, pid: int, code: int) -> None:
        """A process is gone; `code` is its exit code, or minus the signal that ended it."""
        run = next((run for run in self._hand.runs.values() if run.pid == pid), None)
        if run is None:
            return
        stopping = run.kill_at is not None
        leaving = run.leaves_since is not None
        run.pid = run.kill_at = run.leaves_since = None
        standing = self._standing(run)
        if standing is None or standing.finished or (code == LEFT_PAUSED and not standing.called):
            self._hand.drop(run, finished=standing is not None and standing.finished)
        elif stopping or (code == LEFT_PAUSED and standing.called == "stop"):
            self._finish(run, "stopped")
        # It was told to go on when it had just left, or others have their turn meanwhile.
        elif code == LEFT_PAUSED or (leaving and code in KILLED):
            run.reached = max(standing.step, run.reached)
            self._hand.back(run)
        elif code == OUT_OF_MEMORY or (code == -signal.SIGKILL and self._memory_ran_out()):
            self._finish(run, "out_of_memory")
        elif code == HELD_ELSEWHERE:
            self._wait_for_the_lock(run)
        elif code in KILLED and self._goes_on(run, standing.step):
            run.again_at = 0.0
        else:
            self._finish(run, "lost")
        for stop in [stop for stop in self._stops if stop[0] is run]:
            self._stops.remove(stop)
            stop[1]()

    def late(self) -> None:
        """Kills those that did not end when they were asked to."""
        for run in self._hand.placed():
            if run.pid is not None and run.kill_at is not None and run.kill_at <= time.monotonic():
                os.kill(run.pid, signal.SIGKILL)
                run.kill_at += GRACE

    def deadlines(self) -> list[float]:
        """When `fill` or `late` has something to do."""
        placed = self._hand.placed()
        return [
            *(run.again_at for run in placed if run.pid is None),
            *(run.kill_at for run in placed if run.kill_at is not None),
            *([self._ask_at] if self._hand.in_the_way() else []),
        ]

    def end_all(self, grace: float) -> None:
        """Ends every process; their runs stay in the journal and go on with the next launcher."""
        left = {run.pid for run in self._hand.placed() if run.pid is not None}
        for pid in left:
            os.kill(pid, signal.SIGTERM)
        until = time.monotonic() + grace
        while left and time.monotonic() < until:
            pid, _ = os.waitpid(-1, os.WNOHANG)
            left.discard(pid)
            if pid == 0:
                time.sleep(0.01)  # between two looks, while they save and leave
        for pid in left:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)

    def _ask_for_a_place(self, now: float) -> None:
        """Asks one run after another, for as long as somebody waits: one that is paused by then leaves."""
        asked = [(run.asked_at, run.pid, run) for run in self._hand.in_the_way() if run.pid is not None]
        self._ask_at = now + ASK_EVERY
        self._take_turns(now)
        if asked:
            _, pid, run = min(asked, key=lambda candidate: candidate[:2])
            run.asked_at = now
            os.kill(pid, GIVE_UP_PLACE)

    def _take_turns(self, now: float) -> None:
        """While others wait, has a run that had its share save and leave; it goes on when its turn comes again."""
        run = self._hand.over_its_share(now)
        if run is None or run.pid is None:
            return
        standing = self._standing(run)
        if standing is not None and standing.step <= run.reached and not standing.finished:
            run.share_from = now  # it still begins: who leaves before the first new step would never come further
            return
        run.leaves_since = now
        os.kill(run.pid, signal.SIGTERM)

    def _fork(self, run: Run) -> None:
        try:
            run.pid = fork()
        except OSError:  # no more processes, or no memory for one
            run.again_at = time.monotonic() + 1.0
            return
        if run.pid == 0:
            be_worker(self._program.work, run.folder, self._parent, self._hand.limits.run_memory)

    def _goes_on(self, run: Run, step: int) -> bool:
        """Whether a killed run gets another worker."""
        run.fruitless = 0 if step > run.reached else run.fruitless + 1
        run.reached = max(step, run.reached)
        return run.fruitless < self._hand.limits.attempts

    def _wait_for_the_lock(self, run: Run) -> None:
        run.refused += 1
        if run.refused > REFUSALS:  # somebody else trains it, and will end it
            self._hand.drop(run, finished=False)
        else:
            run.again_at = time.monotonic() + 0.5

    def _memory_ran_out(self) -> bool:
        """Whether the kernel has killed one more process for memory than it is known to have."""
        if linux.oom_kills() <= self._oom_kills:
            return False
        self._oom_kills += 1
        return True

    def _standing(self, run: Run) -> Standing | None:
        """None where the run cannot be read: its folder was deleted, most likely."""
        try:
            return self._program.standing(run.folder)
        except Exception:  # noqa: BLE001 - one damaged run must not end the launcher of all
            self._report(run)
            return None

    def _finish(self, run: Run, reason: str) -> None:
        try:
            self._program.end(run.folder, reason)
        except Exception:  # noqa: BLE001 - one damaged run must not end the launcher of all
            self._report(run)
        self._hand.drop(run, finished=False)

    def _report(self, run: Run) -> None:
        if run.folder.exists():
            report(f"Run {run.folder.name} could not be read or ended.\n{traceback.format_exc()}")
