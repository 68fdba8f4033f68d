"""What the executor has in hand, asked seldom, and never waited for by everybody."""

import asyncio
from typing import Any, cast

import pytest

from app.executors.executor import Alive, Executor
from app.web import run_states
from app.web.run_states import RunStates


class Busy:
    """An executor that does not answer until it is told to."""

    def __init__(self) -> None:
        self.answer = asyncio.Event()

    async def alive(self) -> Alive:
        await self.answer.wait()
        return Alive(frozenset({"r1"}), {})


@pytest.mark.anyio
async def test_only_the_first_waits_for_a_launcher_that_is_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    executor = Busy()
    waits = list[float | None]()
    wait = asyncio.wait

    async def noted(tasks: Any, *, timeout: float | None = None) -> Any:
        waits.append(timeout)
        return await wait(tasks, timeout=timeout)

    monkeypatch.setattr(run_states, "PATIENCE", 0.05)
    monkeypatch.setattr(asyncio, "wait", noted)
    asked = RunStates(cast("Executor", executor))
    for _ in range(20):
        assert (await asked.alive()).running == frozenset()
    assert waits[0]
    assert sum(seconds or 0 for seconds in waits) < 0.1  # all together hardly more than the first
    executor.answer.set()
    await asyncio.sleep(0)
    assert (await asked.alive()).running == {"r1"}
