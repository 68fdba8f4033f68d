"""Guessing codes is slow. Wrong codes take turns, and so does every code while somebody guesses."""

import asyncio
import time
from collections import Counter, deque
from collections.abc import Callable
from weakref import WeakValueDictionary

from app.web.errors import Refusal

TURN = 0.25  # seconds; a turn after the other in the whole server, so four guesses a second
SLIPS, FORGOTTEN = 10, 60.0  # so many wrong codes within so many seconds, and somebody guesses
AT_ONCE = 16  # codes of one address that may wait for their turn
ALL_AT_ONCE = 64
LONGEST_WAIT = 20.0  # seconds


class Guesses:
    """One per server. Addresses take turns with one another, so that who guesses holds up few others."""

    def __init__(self) -> None:
        self._wrong: deque[float] = deque(maxlen=SLIPS)  # when, in monotonic seconds
        self._turn = asyncio.Lock()
        self._lines: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._waiting: Counter[str] = Counter()

    async def judge(self, address: str, right: Callable[[], bool]) -> bool:
        """Whether a code is right. Raises `Refusal` 429 without looking at it where too many wait already.

        As long as nobody guesses, a right code is told at once. Else it waits for its turn before it is looked at, as a
        wrong one does: the time tells nothing, and hanging up early gains nothing, since the turn is still taken.
        """
        if self._somebody_guesses():
            await self._wait(address)
            return right() or self._note_wrong()
        if right():
            return True
        self._note_wrong()
        await self._wait(address)
        return False

    def _somebody_guesses(self) -> bool:
        return len(self._wrong) == SLIPS and time.monotonic() - self._wrong[0] < FORGOTTEN

    def _note_wrong(self) -> bool:
        self._wrong.append(time.monotonic())
        return False

    async def _wait(self, address: str) -> None:
        if self._waiting[address] >= AT_ONCE or self._waiting.total() >= ALL_AT_ONCE:
            raise _too_many()
        line = self._lines.setdefault(address, asyncio.Lock())
        self._waiting[address] += 1
        try:
            async with asyncio.timeout(LONGEST_WAIT), line, self._turn:
                await asyncio.sleep(TURN)
        except TimeoutError:
            raise _too_many() from None
        finally:
            self._waiting[address] -= 1
            if not self._waiting[address]:
                del self._waiting[address]


def _too_many() -> Refusal:
    return Refusal(429, "Too many codes are being tried. Wait a moment, then try again.", place="/code", retry_after=5)
