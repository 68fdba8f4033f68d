"""The state of a run as people see it: what its log says, and what the executor has in hand."""

import asyncio
import time
from typing import Any

from app.executors.executor import Alive, Executor
from app.store.telling import ENDS

NOBODY = Alive(frozenset(), {})
FRESH = 0.2  # seconds for which an answer of the executor is good enough
PATIENCE = 0.3  # seconds to wait for one: a launcher that is just coming up must not hold up a page


class States:
    """Asks the executor at most five times a second, however many ask us."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self._alive = NOBODY
        self._asked = -FRESH
        self._asking: asyncio.Task[Alive] | None = None

    async def alive(self) -> Alive:
        """What runs and what waits, a fifth of a second ago at most; what was known last where no answer comes."""
        if self._asking is None and time.monotonic() - self._asked > FRESH:
            self._asked = time.monotonic()
            self._asking = asyncio.create_task(self._executor.alive())
        if self._asking is not None:
            asking = self._asking
            done, _ = await asyncio.wait((asking,), timeout=PATIENCE)
            if done:
                self._asking = None if self._asking is asking else self._asking
                self._alive = NOBODY if asking.exception() else asking.result()
        return self._alive

    def forget(self) -> None:
        """The next question goes to the executor: something was just started or stopped."""
        self._asked = -FRESH


def state(run: str, status: str, alive: Alive) -> dict[str, Any]:
    """`status`, and the place in the queue where there is one."""
    position = expected = None
    if status not in ENDS:
        waiting = alive.waiting.get(run)
        if waiting:
            status, position, expected = "queued", waiting.position, waiting.expected_seconds
        elif status == "queued" and run in alive.running:
            status = "starting"
    return {"status": status, "position": position, "expected_seconds": expected}
