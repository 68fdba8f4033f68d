"""Connections: how many at once, and how long each may take to say what it wants."""

import asyncio
import resource
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any, cast

from uvicorn._types import ASGISendEvent  # it has no other name for what it sends
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

HEAD_SECONDS = 10.0  # until the head of a request is whole
IDLE_SECONDS = 15.0  # until that of a further one on the same connection is
LARGEST_HEAD = 65_536  # bytes
STALLED = 60.0  # seconds after which a client that takes nothing of its answer is let go
UNSENT = 4096  # bytes of a prompt connection that may wait in the kernel, beside those that are on the wire
STREAM = b"text/event-stream"
FILES = 65_536  # as many open files as the server asks for
OTHER_FILES = 256  # of these, for all but connections: logs, the database, uploads, the launcher


class Door:
    """Counts the connections of one server. Where there are too many, the oldest that has asked nothing gives way."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._silent: dict[PatientProtocol, None] = {}  # in the order in which they began to be silent

    def protocol(self, *args: Any, **more: Any) -> asyncio.Protocol:
        """What uvicorn calls for each connection."""
        return PatientProtocol(self, *args, **more)

    def make_room(self, open_now: int) -> bool:
        """Whether there is room for one more of these."""
        if open_now <= self._most:
            return True
        oldest = next(iter(self._silent), None)
        if oldest is None:
            return False
        oldest.leave()
        return True

    def silent(self, connection: "PatientProtocol") -> None:
        """This one has begun to be silent."""
        self._silent.pop(connection, None)
        self._silent[connection] = None

    def heard(self, connection: "PatientProtocol") -> None:
        """This one has asked, or is gone."""
        self._silent.pop(connection, None)


class PatientProtocol(HttpToolsProtocol):
    """uvicorn's HTTP, with an end to its patience: half a request holds no connection for long."""

    def __init__(self, door: Door, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._door = door
        self._deadline: asyncio.TimerHandle | None = None
        self._stalled: asyncio.TimerHandle | None = None
        self._head_bytes = 0

    # asyncio says that any transport may come; uvicorn, and so its parser here, is given none but those of sockets
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if self._door.make_room(len(self.connections)):
            self._wait_for_head(HEAD_SECONDS)
        else:
            self.leave()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        self._end_stall()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._deadline is not None:
            self._head_bytes += len(data)
            if self._head_bytes > LARGEST_HEAD:
                self.leave()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._end_stall()
        self._stalled = self.loop.call_later(STALLED, self.leave)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._end_stall()

    def on_headers_complete(self) -> None:
        self._stop_waiting()
        if any(name == b"accept" and STREAM in value for name, value in self.headers):
            make_prompt(self.transport)
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        more_is_here = bool(self.pipeline)
        super().on_response_complete()
        if not more_is_here and not self.transport.is_closing():
            self._wait_for_head(IDLE_SECONDS)

    def leave(self) -> None:
        """Ends the connection at once."""
        self._stop_waiting()
        self.transport.abort()

    def _wait_for_head(self, seconds: float) -> None:
        self._stop_waiting()
        self._head_bytes = 0
        self._deadline = self.loop.call_later(seconds, self.leave)
        self._door.silent(self)

    def _end_stall(self) -> None:
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
        self._door.heard(self)


class SocketProtocol(WebSocketsSansIOProtocol):
    """uvicorn's sockets, which know that a socket refused with an answer of its own needs no handshake any more.

    What is sent has left for the kernel when `send` ends. Otherwise the next message, chosen too early, would wait for
    it, and with it a change of state that comes meanwhile.
    """

    async def send(self, message: ASGISendEvent) -> None:
        await super().send(message)
        await asyncio.sleep(0)  # uvloop writes at the end of a turn, and says then whether something is left
        await self.writable.wait()
        if message["type"] == "websocket.http.response.body" and not message.get("more_body", False):
            self.handshake_complete = True


def make_prompt(transport: asyncio.BaseTransport) -> None:
    """What is sent waits with us, where newer news can take its place, and not in the buffers below, which take
    megabytes: one message at most is under way to a client that reads slowly.
    """
    cast(asyncio.Transport, transport).set_write_buffer_limits(high=0)
    line: socket.socket | None = transport.get_extra_info("socket")
    if line is not None and hasattr(socket, "TCP_NOTSENT_LOWAT"):
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, UNSENT)


def door(connections: int) -> Callable[..., asyncio.Protocol]:
    """What uvicorn makes connections with: at most so many, and never more than files can be opened."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return Door(min(connections, max(files - OTHER_FILES, files // 2))).protocol


def raise_limit_of_files() -> None:
    """Asks the system for as many open files as it gives."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(hard, FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(ValueError, OSError):  # macOS gives fewer than it says
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
