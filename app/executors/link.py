"""The server's end of one connection to a launcher: wishes go out, replies come back in any order."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from app.executors.wire import LONGEST, encoded

Reply = tuple[dict[str, Any], bytes]


class Link:
    """Lives until either end leaves; then every open wish raises `ConnectionError`, and so does every new one."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, ended: Callable[[bool], None] | None
    ) -> None:
        self.open = True
        self._writer = writer
        self._ended = ended
        self._replies: dict[int, asyncio.Future[Reply]] = {}
        self._number = 0
        self._reading = asyncio.create_task(self._read(reader))

    @classmethod
    async def to(cls, path: str, ended: Callable[[bool], None] | None = None) -> "Link":
        """A link to the launcher that listens on `path`. Raises `OSError` where nobody does.

        `ended` is called when the launcher leaves: with False if somebody shut it down on purpose.
        """
        return cls(*await asyncio.open_unix_connection(path, limit=LONGEST), ended)

    async def wish(self, wish: str, **more: Any) -> Reply:
        """The launcher's reply, and the bytes that came with it."""
        if not self.open:
            raise ConnectionResetError("The launcher has ended.")
        self._number += 1
        number = self._number
        reply = self._replies[number] = asyncio.get_running_loop().create_future()
        try:
            self._writer.write(encoded({"number": number, "wish": wish, **more}))
            await self._writer.drain()
            return await reply
        except asyncio.CancelledError:
            if wish == "ask":
                self._take_back(number)
            raise
        except ConnectionError:
            self._leave()
            raise
        finally:
            del self._replies[number]
            if reply.done() and not reply.cancelled():
                reply.exception()  # seen: nobody else will look at it where writing failed first

    async def aclose(self) -> None:
        """Leaves the launcher."""
        self._reading.cancel()
        with suppress(asyncio.CancelledError):
            await self._reading
        self._leave()

    def _take_back(self, question: int) -> None:
        if self.open:
            self._writer.write(encoded({"number": 0, "wish": "cancel", "question": question}))

    async def _read(self, reader: asyncio.StreamReader) -> None:
        unwanted = False
        try:
            while line := await reader.readline():
                message = json.loads(line)
                payload = await reader.readexactly(message.get("bytes", 0))
                unwanted = unwanted or "bye" in message
                reply = self._replies.get(message["number"])
                if reply is not None and not reply.done():
                    reply.set_result((message, payload))
        except (OSError, asyncio.IncompleteReadError):
            pass
        self._leave()
        if self._ended is not None:
            self._ended(not unwanted)

    def _leave(self) -> None:
        self.open = False
        self._writer.close()
        for reply in self._replies.values():
            if not reply.done():
                reply.set_exception(ConnectionResetError("The launcher has ended."))
