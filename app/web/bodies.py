"""How bodies come in: how large, how long it may take, and how many large ones of a seat at once."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from weakref import WeakValueDictionary

from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope

from app.settings import Settings
from app.web.access import Actor
from app.web.errors import Refusal

UPLOADS = "/api/datasets"  # where files may be sent
ENVELOPE = 100_000  # bytes that a form may have around its file
OPEN_BYTES = 8_000  # of a body that anybody may send: a code and a name
SECONDS = 30.0  # for a body to come in
OPEN_SECONDS = 10.0
UPLOAD_SECONDS = 900.0
LARGE = 64_000  # bytes
LARGE_AT_ONCE = 4  # bodies of one seat that are larger; they are kept in memory until they are answered


class Bodies:
    """One per server."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._large: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()

    @asynccontextmanager
    async def limited(self, scope: Scope, receive: Receive, actor: Actor) -> AsyncGenerator[Receive]:
        """`receive`, which raises `Refusal` once a body is too large or too slow.

        Raises at once where it is announced as too large.
        """
        if scope["type"] != "http":
            yield receive
            return
        most, seconds = self._limits(scope, actor)
        announced = Headers(scope=scope).get("content-length", "0")
        if announced.isascii() and announced.isdigit() and int(announced[:18]) > most:
            raise _too_large(most)
        large = self._large.setdefault(actor.seat, asyncio.Semaphore(LARGE_AT_ONCE))
        until = asyncio.get_running_loop().time() + seconds
        seen = 0
        whole = False

        async with AsyncExitStack() as held:

            async def receiving() -> Message:
                nonlocal seen, whole
                if whole:  # all that can come is the end of the connection
                    return await receive()
                try:
                    async with asyncio.timeout_at(until):
                        message = await receive()
                        before = seen
                        seen += len(message.get("body", b""))
                        if before <= LARGE < seen:
                            await held.enter_async_context(large)
                except TimeoutError:
                    raise Refusal(408, "This request came in too slowly.") from None
                if seen > most:
                    raise _too_large(most)
                whole = not message.get("more_body", False)
                return message

            yield receiving

    def _limits(self, scope: Scope, actor: Actor) -> tuple[int, float]:
        """The most bytes, and the seconds for them."""
        if not actor.seat:
            return OPEN_BYTES, OPEN_SECONDS
        if scope["path"] == UPLOADS and scope["method"] == "POST":
            return self._settings.upload_bytes + ENVELOPE, UPLOAD_SECONDS
        return self._settings.body_bytes, SECONDS


def _too_large(most: int) -> Refusal:
    return Refusal(413, "This request is larger than the {most} bytes that are allowed.", most=most)
