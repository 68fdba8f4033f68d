"""How much is under way to one client that says what it has taken, and how much its line carries without delay."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

DELAY = 0.3  # seconds that what is under way may take beyond the quickest way there and back
FAR = 0.4  # seconds that the way there and back takes at most without traffic, by satellite
LEAST, FIRST, MOST = 4096, 16_384, 4_000_000  # bytes under way
ENOUGH = 8192  # bytes that have to arrive together to tell how quick a line is
QUICK, SLOW = 200_000, 100_000  # bytes a second from which it is quick, and below which it is so no more


@dataclass(frozen=True)
class Sent:
    """A message on its way: what it is part of, its size in bytes, and when it was sent."""

    kind: str
    size: int
    time: float


class Line:
    """Counts the messages of one socket. More is let on its way the sooner it arrives, and less where it piles up."""

    def __init__(self, packs: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self.under_way = 0  # bytes
        self._packs = packs
        self._clock = clock
        self._window = FIRST
        self._quick = False
        self._full = False
        self._quickest = FAR
        self._taken = 0
        self._sent: deque[Sent] = deque()

    @property
    def room(self) -> int:
        """Bytes that may follow now."""
        return max(0, self._window - self.under_way)

    @property
    def piece(self) -> int:
        """Bytes of which a picture's pieces have at most, so that a state need not wait for all of it."""
        return self._window // 2

    @property
    def packing(self) -> bool:
        """Whether what is sent is to be packed: until the line has shown that it is quick."""
        return self._packs and not self._quick

    def busy(self, kind: str) -> bool:
        """Whether something of a kind is still under way."""
        return any(message.kind == kind for message in self._sent)

    def sent(self, kind: str, size: int) -> None:
        """Counts a message in."""
        self._sent.append(Sent(kind, size, self._clock()))
        self.under_way += size
        self._full = self._full or self.room < LEAST

    def took(self, number: int) -> bool:
        """The client has taken in `number` messages so far. Tells whether that is news."""
        last: Sent | None = None
        before = self.under_way
        while self._sent and self._taken < number:
            last = self._sent.popleft()
            self._taken += 1
            self.under_way -= last.size
        if last:
            self._adapt(before - self.under_way, max(1e-6, self._clock() - last.time))
        return last is not None

    def _adapt(self, size: int, seconds: float) -> None:
        if size >= ENOUGH:
            self._quick = size / seconds > (SLOW if self._quick else QUICK)
        self._quickest = min(self._quickest, seconds)
        delay = seconds - self._quickest
        if delay > DELAY:
            self._window = max(LEAST, int(self._window * max(0.5, DELAY / delay)))
        elif self._full and delay < DELAY / 2:
            self._window = min(MOST, 2 * self._window)
        self._full = False
