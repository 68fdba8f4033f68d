"""All logs that somebody follows: one tail for each run, shared by all who look at it, and one pulse for all tails."""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from app.runs.folder import RunFolder
from app.web.run_states import NOBODY, RunStates
from app.web.tail import Follower, Tail

log = logging.getLogger("trainyard")
PULSE = 0.03  # seconds between two looks at a log
QUICK = 0.004  # the same while a run's first point may come at any moment
LINGER = 30.0  # seconds for which a tail nobody follows is kept


class Tails:
    """All tails that somebody follows, and the pulse that drives them."""

    def __init__(self, runs: Path, states: RunStates) -> None:
        self._runs = runs
        self._states = states
        self._tails: dict[str, Tail] = {}
        self._joined = asyncio.Event()

    async def tail(self, run: str) -> Tail:
        """The tail of a run, read up to now."""
        tail = self._tails.get(run)
        if tail is None:
            tail = self._tails[run] = Tail(RunFolder(self._runs / run))
        if not tail.followers:
            tail.left = time.monotonic()
        await asyncio.to_thread(tail.read)
        return tail

    @asynccontextmanager
    async def follow(self, run: str, seat: str, veiled: bool = False) -> AsyncGenerator[tuple[Tail, Follower]]:
        """A seat that follows a run while it looks at it; `veiled` for whom its data is not."""
        tail, follower = await self.tail(run), Follower(veiled, seat)
        tail.followers.append(follower)
        self._joined.set()
        try:
            yield tail, follower
        finally:
            tail.followers.remove(follower)
            tail.left = time.monotonic()

    def open(self, run: str) -> None:
        """The test result of the run was opened."""
        if run in self._tails:
            self._tails[run].open()

    def send_away(self, seat: str) -> None:
        """The seat is removed: ends its sockets."""
        for tail in self._tails.values():
            for follower in tail.followers:
                if follower.seat == seat:
                    follower.away = True
                    follower.news.set()

    def drop(self, run: str) -> None:
        """The run is deleted: sends its followers away."""
        tail = self._tails.pop(run, None)
        if tail:
            tail.gone = True
            tail.announce()

    async def pulse(self) -> None:
        """Looks at every followed log, for ever. Its files are read in a thread of its own: no request delays it."""
        with ThreadPoolExecutor(1, "tails") as thread:
            while True:
                alive = await self._states.alive() if self._tails else NOBODY
                self._forget_left()
                followed = [tail for tail in self._tails.values() if tail.followers]
                if followed:
                    damaged = await asyncio.get_running_loop().run_in_executor(thread, _take_in, followed)
                    for tail in damaged:
                        self.drop(tail.folder.id)
                for tail in followed:
                    tail.tell(alive)
                await self._rest(PULSE)

    def _forget_left(self) -> None:
        now = time.monotonic()
        for run, tail in list(self._tails.items()):
            if not tail.followers and now - tail.left > LINGER:
                del self._tails[run]

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


def _take_in(tails: list[Tail]) -> list[Tail]:
    """Takes in what is new of each, and gives those that cannot be read: one must not stop the pulse of all."""
    damaged: list[Tail] = []
    for tail in tails:
        try:
            tail.take_in()
        except (OSError, ValueError):
            log.exception("The log of %s cannot be followed", tail.folder.id)
            damaged.append(tail)
    return damaged
