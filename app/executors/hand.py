"""The runs that a launcher has in hand: those with a process, those that soon get one again, and the queue."""

import json
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from math import inf
from pathlib import Path

from app.executors.executor import Waiting
from app.executors.limits import Limits
from app.executors.program import Standing
from app.executors.queue import Busy, Queue
from app.executors.report import report

FIRST_SHARE = 2.0  # seconds that a run has its place for before one leaves it to somebody who never had a turn
LONGEST_SAVING = 10.0  # seconds after which a run that was asked to leave is no longer counted on


@dataclass
class Run:
    """One run in hand. `reached` is its furthest step, `fruitless` how often it was killed since without a new one."""

    folder: Path
    owner: str
    reached: int = 0
    fruitless: int = 0
    pid: int | None = None
    began: float = field(default_factory=time.monotonic)  # when it got its place
    share_from: float = field(default_factory=time.monotonic)  # when its present share of the place began
    again_at: float = 0.0  # without a process: when to give it one
    refused: int = 0  # how often another process held its lock
    kill_at: float | None = None  # it was asked to end; then it is made to
    asked_at: float = 0.0  # when it was last told that somebody waits for its place
    leaves_since: float | None = None  # since when it saves, to give its place to others for a while


class Hand:
    """All of them by id. `journal` is a file by which the next launcher goes on with them if this one is killed."""

    def __init__(self, journal: Path, limits: Limits) -> None:
        self._journal = journal
        self.limits = limits
        self.runs: dict[str, Run] = {}
        self.queue = Queue()
        self._took: deque[float] = deque(maxlen=20)  # seconds of the runs that ended last

    def recall(self, standing: Callable[[Path], Standing]) -> None:
        """Queues the runs that a launcher before this one had in hand, but for those that have finished since."""
        try:
            entries = json.loads(self._journal.read_bytes())
        except (FileNotFoundError, json.JSONDecodeError):
            return
        for entry in entries:
            folder = Path(entry.pop("folder"))
            with suppress(OSError, ValueError):  # deleted, or damaged
                if not standing(folder).finished:
                    self._queue(Run(folder, **entry))

    def add(self, folder: Path, owner: str) -> None:
        """Queues a run, unless it is in hand."""
        if folder.name not in self.runs:
            self._queue(Run(folder, owner))
            self._write()

    def next(self) -> Run | None:
        """The run that gets a process now, out of the queue."""
        run = self.queue.take(self._busy(), self.limits)
        if run is None:
            return None
        self.runs[run].began = self.runs[run].share_from = time.monotonic()
        return self.runs[run]

    def back(self, run: Run) -> None:
        """Puts a run that has given up its place at the end of its owner's line."""
        run.leaves_since = None
        self.queue.add(run.folder.name, run.owner)
        self._write()

    def drop(self, run: Run, finished: bool) -> None:
        """Lets go of a run; a finished one tells how long runs take."""
        self.queue.remove(run.folder.name)
        del self.runs[run.folder.name]
        if finished:
            self._took.append(time.monotonic() - run.began)
        self._write()

    def placed(self) -> list[Run]:
        """Those that have a place: a process, or one soon."""
        return [run for name, run in self.runs.items() if name not in self.queue]

    def waiting(self, left: Callable[[Path], float | None] = lambda _folder: None) -> dict[str, Waiting]:
        """The queue as people see it. `left` is how long a run says that it still takes."""
        if not len(self.queue):
            return {}
        usual = sum(self._took) / len(self._took) if self._took else None
        busy = self._busy(left)
        if self._others_come(self.placed()):  # nobody keeps a place for longer than a share
            share, now = self.limits.share, time.monotonic()
            usual = share if usual is None else min(usual, share)
            ends = {run.folder.name: max(share - (now - run.share_from), 0.0) for run in self.placed()}
            busy = [
                replace(taken, left=min(inf if taken.left is None else taken.left, ends[taken.run])) for taken in busy
            ]
        return self.queue.waiting(busy, self.limits, usual)

    def in_the_way(self) -> list[Run]:
        """The runs whose place somebody waits for: of that owner's, or anybody's where the house is full."""
        placed = self.placed()
        if len(placed) >= self.limits.places and len(self.queue):
            return placed
        return [run for run in placed if run.owner in self.queue.owners]

    def over_its_share(self, now: float) -> Run | None:
        """The run that leaves its place to others for a while: it has had it for longest, and long enough."""
        placed, share = self.placed(), self.limits.share
        come = self._others_come(placed)
        leaving = [run for run in placed if run.leaves_since is not None and now - run.leaves_since < LONGEST_SAVING]
        if len(come) <= len(leaving):
            return None
        enough = min(share, FIRST_SHARE) if come & self.queue.newcomers() else share
        may = [run for run in placed if run.pid is not None and run.kill_at is None and run.leaves_since is None]
        longest = min(may, key=lambda run: run.share_from, default=None)
        return longest if longest is not None and now - longest.share_from >= enough else None

    def _others_come(self, placed: list[Run]) -> set[str]:
        """The owners who would have a turn if a run left its place to them for a while."""
        if not self.limits.share or len(placed) < self.limits.places:
            return set()
        owners = [run.owner for run in placed]
        return {owner for owner in self.queue.owners if owners.count(owner) < self.limits.per_owner}

    def _queue(self, run: Run) -> None:
        self.runs[run.folder.name] = run
        self.queue.add(run.folder.name, run.owner)

    def _busy(self, left: Callable[[Path], float | None] = lambda _folder: None) -> list[Busy]:
        now = time.monotonic()
        return [Busy(run.owner, now - run.began, run.folder.name, left(run.folder)) for run in self.placed()]

    def _write(self) -> None:
        entries = [
            {key: value for key, value in asdict(run).items() if key in ("owner", "reached", "fruitless")}
            | {"folder": str(run.folder)}
            for run in [*self.placed(), *(self.runs[name] for name in self.waiting())]
        ]
        temporary = self._journal.with_suffix(".new")
        try:
            temporary.write_text(json.dumps(entries))
            temporary.replace(self._journal)
        except OSError as problem:  # a full disk must not end the launcher: the server knows the runs as well
            report(f"The journal of runs cannot be written: {problem}.")
