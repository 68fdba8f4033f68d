"""The state of a run as people see it: what its log says, and what the executor has in hand."""

import asyncio
import time
from typing import Any

from app.executors.executor import Alive, Executor
from app.store.row_changes import ENDS

NOBODY = Alive(frozenset(), {})
FRESH = 0.2  # seconds for which an answer of the executor is good enough
PATIENCE = 0.3  # seconds from asking that anybody waits: a launcher that is coming up, or busy, must not hold up a page


class RunStates:
    """Asks the executor at most five times a second, however many ask us."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self._alive = NOBODY
        self._asked = -FRESH
        self._asking: asyncio.Task[Alive] | None = None
        self._since = 0.0  # when it began to ask

    async def alive(self) -> Alive:
        """What runs and what waits, a fifth of a second ago at most; what was known last where no answer comes."""
        if self._asking is None and time.monotonic() - self._asked > FRESH:
            self._asked = self._since = time.monotonic()
            self._asking = asyncio.create_task(self._executor.alive())
            self._asking.add_done_callback(_seen)
        if self._asking is not None:
            asking = self._asking
            done, _ = await asyncio.wait((asking,), timeout=max(0.0, self._since + PATIENCE - time.monotonic()))
            if done:
                self._asking = None if self._asking is asking else self._asking
                self._alive = NOBODY if asking.exception() else asking.result()
        return self._alive

    def forget(self) -> None:
        """The next question goes to the executor: something was just started or stopped."""
        self._asked = -FRESH


def _seen(asked: asyncio.Task[Alive]) -> None:
    """An error is asked for by nobody once the server ends; asyncio would complain of it."""
    if not asked.cancelled():
        asked.exception()


def state(run: str, status: str, alive: Alive) -> dict[str, Any]:
    """`status`, and the place in the queue where there is one, behind which run."""
    position = expected = behind = None
    if status not in ENDS:
        waiting = alive.waiting.get(run)
        if waiting:
            status, position, expected = "queued", waiting.position, waiting.expected_seconds
            behind = waiting.behind
        elif status == "queued" and run in alive.running:
            status = "starting"
    return {"status": status, "position": position, "expected_seconds": expected, "behind": behind}
