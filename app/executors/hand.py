"""The runs that a launcher has in hand: those with a process, those that soon get one again, and the queue."""

import json
import sys
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from app.executors.executor import Waiting
from app.executors.limits import Limits
from app.executors.program import Standing
from app.executors.queue import Busy, Queue


@dataclass
class Run:
    """One run in hand. `reached` is its furthest step, `fruitless` how often it was killed since without a new one."""

    folder: Path
    owner: str
    reached: int = 0
    fruitless: int = 0
    pid: int | None = None
    began: float = field(default_factory=time.monotonic)  # when it got its place
    again_at: float = 0.0  # without a process: when to give it one
    refused: int = 0  # how often another process held its lock
    kill_at: float | None = None  # it was asked to end; then it is made to


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
        self.runs[run].began = time.monotonic()
        return self.runs[run]

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

    def waiting(self) -> dict[str, Waiting]:
        """The queue as people see it."""
        usual = sum(self._took) / len(self._took) if self._took else None
        return self.queue.waiting(self._busy(), self.limits, usual)

    def _queue(self, run: Run) -> None:
        self.runs[run.folder.name] = run
        self.queue.add(run.folder.name, run.owner)

    def _busy(self) -> list[Busy]:
        now = time.monotonic()
        return [Busy(run.owner, now - run.began) for run in self.placed()]

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
            print(f"The journal of runs cannot be written: {problem}.", file=sys.stderr, flush=True)
