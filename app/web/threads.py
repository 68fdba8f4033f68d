"""Work on what people send, off the event loop: one piece of each seat at a time, so that others need not wait."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar
from weakref import WeakValueDictionary

from starlette.requests import Request

from app.web.gate import actor_of

LARGE = 64_000  # bytes of a body whose parsing and checking may take a good part of a second

Given = ParamSpec("Given")
Result = TypeVar("Result")


class SeatThreads:
    """One per server. Large bodies have a thread of their own, so that small ones never wait behind them."""

    def __init__(self) -> None:
        self._small = ThreadPoolExecutor(2, "small")
        self._large = ThreadPoolExecutor(1, "large")
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def do(
        self, seat: str, size: int, work: Callable[Given, Result], *args: Given.args, **more: Given.kwargs
    ) -> Result:
        """The result of `work` for a body of `size` bytes."""
        threads = self._large if size > LARGE else self._small
        turn = self._turns.setdefault(seat, asyncio.Lock())
        async with turn:
            return await asyncio.get_running_loop().run_in_executor(threads, lambda: work(*args, **more))

    def close(self) -> None:
        """Waits for nothing; what has not begun is dropped."""
        for threads in (self._small, self._large):
            threads.shutdown(wait=False, cancel_futures=True)


async def in_thread(request: Request, work: Callable[Given, Result], *args: Given.args, **more: Given.kwargs) -> Result:
    """The result of `work` on what this request has sent."""
    threads: SeatThreads = request.app.state.threads
    return await threads.do(actor_of(request).seat, len(await request.body()), work, *args, **more)
