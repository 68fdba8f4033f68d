"""Following logs: one tail for each run, shared by all who look at it. A follower is a cursor, never a queue."""

import asyncio
import json
import logging
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.executors.executor import Alive
from app.runs.folder import RunFolder
from app.runs.log import EventReader
from app.store.telling import ENDS, status_after
from app.web.answers import encoded
from app.web.states import NOBODY, States, state

log = logging.getLogger("trainyard")
PULSE = 0.03  # seconds between two looks at a log
QUICK = 0.004  # the same while a run's first point may come at any moment
BEGINNING = 1.0  # seconds for which that is so; a run that takes longer can wait for the pulse
WATCH_EVERY = 2.0  # seconds between two writings of what is watched
LINGER = 30.0  # seconds for which a tail nobody follows is kept
LARGEST = 512_000  # bytes of events in one message, about
POINT = b'"type":"measured"'
TELLING = tuple(f'"type":"{kind}"'.encode() for kind in ("queued", "started", "paused", "resumed", "finished"))


@dataclass(eq=False)
class Follower:
    """One who looks: which probes, and whether the tab is hidden. `news` is set when there is something to send."""

    watch: frozenset[str] = frozenset()
    hidden: bool = False
    news: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(frozen=True)
class Numbered:
    """Something that replaces what was there before: a later one has a higher number."""

    number: int
    content: bytes


class Tail:
    """What is known of one run's log. `lines[n]` is event n + 1 as it stands in the file."""

    def __init__(self, folder: RunFolder) -> None:
        self.folder = folder
        self.lines: list[bytes] = []
        self.status = "queued"
        self.states: list[Numbered] = []
        self.frames: dict[str, Numbered] = {}
        self.followers: list[Follower] = []
        self.gone = False
        self.left = time.monotonic()  # since when nobody follows
        self._since = self.left  # when its status changed
        self._without_point = True
        self._reader = EventReader(folder)
        self._stamps: dict[str, tuple[int, int]] = {}
        self._announced = 0  # lines
        self._number = 0
        self._said = ""
        self._batches: dict[tuple[int, int], str] = {}

    @property
    def ended(self) -> bool:
        """Whether no event will follow."""
        return self.status in ENDS

    @property
    def over(self) -> bool:
        """Whether no event and no state will follow."""
        return self._said in ENDS

    @property
    def beginning(self) -> bool:
        """Whether its first point is still to come, and soon."""
        return self._without_point and not self.ended and time.monotonic() - self._since < BEGINNING

    @property
    def before_now(self) -> int:
        """The number after which the state of now comes: who is new need not hear of older ones."""
        return self.states[-1].number - 1 if self.states else 0

    def read(self) -> bool:
        """Takes in what is new in the log, and tells whether there is something that followers were not told of."""
        while new := self._reader.lines():
            for line in new:
                if any(mark in line[:120] for mark in TELLING):
                    self.status = status_after(self.status, json.loads(line))
                    self._since = time.monotonic()
                self._without_point = self._without_point and POINT not in line[:120]
            self.lines += new
        return len(self.lines) > self._announced

    def look_quickly(self) -> None:
        """Wakes all who follow once the first point is there; what else is new can wait for the next look."""
        if self.read() and not self._without_point:
            self.announce()

    def look(self, alive: Alive) -> None:
        """Takes in all that is new, and wakes all who follow where there is something."""
        news = self.read()
        news |= self.tell_state(state(self.folder.id, self.status, alive))
        if self.read_frames() or news:
            self.announce()

    def tell_state(self, now: dict[str, Any]) -> bool:
        """Takes in the state. A new status is kept for all who have not heard it; a new place in the queue replaces."""
        self._said = now["status"]
        content = encoded({"state": now})
        last = self.states[-1] if self.states else None
        if last and last.content == content:
            return False
        self._number += 1
        if last and json.loads(last.content)["state"]["status"] == now["status"]:
            self.states[-1] = Numbered(self._number, content)
        else:
            self.states.append(Numbered(self._number, content))
        return True

    def read_frames(self) -> bool:
        """Takes in the newest frame of every probe that is watched."""
        found = False
        for probe in self.watched():
            file = self.folder.live_file(probe)
            try:
                status = file.stat()
                stamp = (status.st_mtime_ns, status.st_ino)
                if self._stamps.get(probe) != stamp:
                    self._number += 1
                    self.frames[probe] = Numbered(self._number, file.read_bytes())
                    self._stamps[probe] = stamp
                    found = True
            except FileNotFoundError:
                continue
        return found

    def watched(self) -> frozenset[str]:
        """What those who look, look at."""
        return frozenset[str]().union(*(one.watch for one in self.followers if not one.hidden))

    def say_watched(self) -> None:
        """Tells the worker which probes somebody looks at."""
        probes = self.watched()
        if probes and not self.gone and self.folder.path.is_dir():
            with suppress(OSError):  # on a full disk the pictures stand still; the curve does not
                self.folder.watch(sorted(probes))

    def batch(self, after: int, limit: int = 1_000_000) -> tuple[str, int]:
        """The events that follow `after` as one JSON list, as many as fit into a message, and the last one's number."""
        end, size = after, 0
        while end < len(self.lines) and size < LARGEST and end - after < limit:
            size += len(self.lines[end])
            end += 1
        text = self._batches.get((after, end))
        if text is None:
            text = (b"[" + b",".join(self.lines[after:end]) + b"]").decode()
            if len(self._batches) > 16:
                self._batches.clear()
            self._batches[after, end] = text
        return text, end

    def announce(self) -> None:
        """Wakes all who follow."""
        self._announced = len(self.lines)
        for follower in self.followers:
            follower.news.set()


class Tails:
    """All tails that somebody follows, and the pulse that drives them."""

    def __init__(self, runs: Path, states: States) -> None:
        self._runs = runs
        self._states = states
        self._tails: dict[str, Tail] = {}
        self._joined = asyncio.Event()

    def tail(self, run: str) -> Tail:
        """The tail of a run, read up to now."""
        tail = self._tails.get(run)
        if tail is None:
            tail = self._tails[run] = Tail(RunFolder(self._runs / run))
        if not tail.followers:
            tail.left = time.monotonic()
        tail.read()
        return tail

    @contextmanager
    def follow(self, run: str) -> Generator[tuple[Tail, Follower]]:
        """A follower of a run while it is looked at."""
        tail, follower = self.tail(run), Follower()
        tail.followers.append(follower)
        self._joined.set()
        try:
            yield tail, follower
        finally:
            tail.followers.remove(follower)
            tail.left = time.monotonic()

    def drop(self, run: str) -> None:
        """The run is deleted: sends its followers away."""
        tail = self._tails.pop(run, None)
        if tail:
            tail.gone = True
            tail.announce()

    async def pulse(self) -> None:
        """Looks at every followed log, for ever."""
        watched_at = 0.0
        while True:
            now = time.monotonic()
            alive = await self._states.alive() if self._tails else NOBODY
            for run, tail in list(self._tails.items()):
                if not tail.followers:
                    if now - tail.left > LINGER:
                        del self._tails[run]
                    continue
                try:
                    tail.look(alive)
                    if now - watched_at > WATCH_EVERY and not tail.ended:
                        tail.say_watched()
                except (OSError, ValueError):  # one damaged run must not stop the pulse of all
                    log.exception("The log of %s cannot be followed", run)
                    self.drop(run)
            if now - watched_at > WATCH_EVERY:
                watched_at = now
            await self._rest(PULSE)

    async def _rest(self, seconds: float) -> None:
        """Sleeps, but for quick looks at runs that begin."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            beginning = [tail for tail in self._tails.values() if tail.followers and tail.beginning]
            self._joined.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(min(QUICK, left) if beginning else left):
                    await self._joined.wait()
            for tail in beginning:
                with suppress(OSError, ValueError):  # the next full look tells
                    tail.look_quickly()
