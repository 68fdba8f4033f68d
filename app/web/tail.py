"""What is known of one run's log while somebody follows it. A follower is a cursor, never a queue."""

import asyncio
import itertools
import json
import threading
import time
import zlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from app.executors.executor import Alive
from app.runs.folder import RunFolder
from app.runs.labels import labels_of
from app.runs.log import EventReader
from app.runs.sealing import sealed_line
from app.runs.veiling import veiled_line
from app.store.row_changes import ENDS, status_after
from app.web.answers import encoded
from app.web.run_states import state
from app.web.watching import Watch

BEGINNING = 1.0  # seconds in which a first point may come at any moment; a run that takes longer can wait for the pulse
LARGEST = 512_000  # bytes of events in one message, about
POINT = b'"type":"measured"'
TELLING = tuple(f'"type":"{kind}"'.encode() for kind in ("queued", "started", "paused", "resumed", "finished"))


@dataclass(eq=False)
class Follower:
    """One who looks: which probes, and whether the tab is hidden. `news` is set when there is something to send.

    Who is `veiled` does not see what stands in the run's data.
    """

    veiled: bool = False
    seat: str = ""
    away: bool = False  # sent away: its socket ends
    watch: frozenset[str] = frozenset()
    hidden: bool = False
    news: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(frozen=True)
class Numbered:
    """Something that replaces what was there before: a later one has a higher number."""

    number: int
    content: bytes

    @cached_property
    def packed(self) -> bytes:
        """The content for a slow line, packed once for all who get it."""
        return packed(self.content)


def packed(content: bytes) -> bytes:
    """What a browser's `DecompressionStream("deflate-raw")` gives back."""
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


class Tail:
    """What is known of one run's log. `lines[n]` is event n + 1 as it is told: while the test result is sealed, without
    it.

    `read` and `take_in` touch files and are called in threads; all else belongs to the event loop.
    """

    def __init__(self, folder: RunFolder) -> None:
        self.folder = folder
        self._whole: list[bytes] = []  # as they stand in the file
        self._sealed: list[bytes] = []
        self._opened: bool | None = None  # known with the first reading
        self.status = "queued"
        self.states: list[Numbered] = []
        self.frames: dict[str, Numbered] = {}
        self.followers: list[Follower] = []
        self.gone = False
        self.left = time.monotonic()  # since when nobody follows
        self._since = self.left  # when its status changed
        self._without_point = True
        self._reader = EventReader(folder)
        self._reading = threading.Lock()
        self._watch = Watch(folder)
        self._stamps: dict[str, tuple[int, int]] = {}
        self._new_frames = False  # since the last announcement
        self._announced = 0  # lines
        self._numbers = itertools.count(1)
        self._said = ""
        self._batches: dict[tuple[int, int, bool], str] = {}

    @property
    def lines(self) -> list[bytes]:
        """The events as they are told now."""
        return self._whole if self._opened else self._sealed

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

    def read(self, wait: bool = True) -> None:
        """Takes in what is new in the log. Without `wait` nothing is done while another thread does the same."""
        if not self._reading.acquire(wait):
            return
        try:
            if self._opened is None:
                self._opened = labels_of(self.folder).openings > 0
            while new := self._reader.lines():
                self._take(new)
        finally:
            self._reading.release()

    def open(self) -> None:
        """Tells the test result too from now on, of all events."""
        self._opened = True
        self._batches.clear()

    def take_in(self) -> None:
        """Takes in the log and the frames, and tells the worker what is watched."""
        self.read(wait=False)
        self._read_frames()
        if not self.gone and not self.ended:
            self._watch.say(self.watched())

    def look_quickly(self) -> None:
        """Wakes all who follow once the first point is there; what else is new can wait for the next look."""
        self.read(wait=False)
        if self._behind and not self._without_point:
            self.announce()

    def tell(self, alive: Alive) -> None:
        """Wakes all who follow where something is new, or the state is another."""
        changed = self.tell_state(state(self.folder.id, self.status, alive))
        if changed or self._behind or self._new_frames:
            self.announce()

    def tell_state(self, now: dict[str, Any]) -> bool:
        """Takes in the state. A new status is kept for all who have not heard it; a new place in the queue replaces."""
        self._said = now["status"]
        content = encoded({"state": now})
        last = self.states[-1] if self.states else None
        if last and last.content == content:
            return False
        newest = Numbered(next(self._numbers), content)
        if last and json.loads(last.content)["state"]["status"] == now["status"]:
            self.states[-1] = newest
        else:
            self.states.append(newest)
        return True

    def watched(self) -> frozenset[str]:
        """What those who look, look at."""
        return frozenset[str]().union(*(follower.watch for follower in self.followers if not follower.hidden))

    def batch(
        self, after: int, limit: int = 1_000_000, size: int = LARGEST, *, veiled: bool = False
    ) -> tuple[str, int]:
        """The events that follow `after` as one JSON list, as many as fit into a message, and the last one's number.

        `veiled` is for whom the run's data is not.
        """
        end, taken = after, 0
        while end < len(self.lines) and taken < min(size, LARGEST) and end - after < limit:
            taken += len(self.lines[end])
            end += 1
        text = self._batches.get((after, end, veiled))
        if text is None:
            lines = self.lines[after:end]
            text = (b"[" + b",".join(map(veiled_line, lines) if veiled else lines) + b"]").decode()
            if len(self._batches) > 16:
                self._batches.clear()
            self._batches[after, end, veiled] = text
        return text, end

    def told(self, state: Numbered) -> str:
        """A state as it is sent, with the number of events so far: who has fewer knows that more are on their way."""
        return f'{state.content.decode()[:-1]},"events_so_far":{len(self.lines)}}}'

    def announce(self) -> None:
        """Wakes all who follow."""
        self._announced = len(self.lines)
        self._new_frames = False
        for follower in self.followers:
            follower.news.set()

    @property
    def _behind(self) -> bool:
        return len(self.lines) > self._announced

    def _take(self, new: list[bytes]) -> None:
        status = self.status
        for line in new:
            if any(mark in line[:120] for mark in TELLING):
                status = status_after(status, json.loads(line))
                self._since = time.monotonic()
            self._without_point = self._without_point and POINT not in line[:120]
        self._sealed += map(sealed_line, new)
        self._whole += new
        self.status = status  # after the lines: who reads that it ended has all there is

    def _read_frames(self) -> None:
        for probe in self.watched():
            file = self.folder.live_file(probe)
            try:
                status = file.stat()
                stamp = (status.st_mtime_ns, status.st_ino)
                if self._stamps.get(probe) != stamp:
                    self.frames[probe] = Numbered(next(self._numbers), file.read_bytes())
                    self._stamps[probe] = stamp
                    self._new_frames = True
            except FileNotFoundError:
                continue
