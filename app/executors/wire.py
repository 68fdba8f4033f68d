"""How a server and its launcher talk: JSON lines over a Unix socket; where one says `bytes`, so many follow it."""

import json
import socket
from typing import Any

# Of what a launcher and its workers do: one more whenever they write or understand something else than before. A server
# replaces a launcher of an older version; its runs go on with the new one.
VERSION = 8
LONGEST = 64 << 20  # bytes of one message; a question holds at most one document


def encoded(message: dict[str, Any], payload: bytes | None = None) -> bytes:
    """One message, ready to send."""
    if payload is None:
        return json.dumps(message).encode() + b"\n"
    return json.dumps({**message, "bytes": len(payload)}).encode() + b"\n" + payload


class Connection:
    """The launcher's end of one connection, which never blocks. Raises `ConnectionError` when the other end is gone."""

    def __init__(self, connected: socket.socket) -> None:
        connected.setblocking(False)
        self.socket = connected
        self._received = bytearray()
        self._unsent = bytearray()

    def receive(self) -> list[dict[str, Any]]:
        """All messages that are complete."""
        try:
            block = self.socket.recv(1 << 20)
        except BlockingIOError:
            return []
        if not block:
            raise ConnectionError("The server has left.")
        self._received += block
        if b"\n" not in block:
            if len(self._received) > LONGEST:
                raise ConnectionError(f"Expected a line of at most {LONGEST} bytes.")
            return []
        *lines, rest = self._received.split(b"\n")
        self._received = bytearray(rest)
        return [json.loads(line) for line in lines]

    def send(self, message: dict[str, Any], payload: bytes | None = None) -> None:
        """Sends what the socket takes now; `flush` sends the rest."""
        self._unsent += encoded(message, payload)
        self.flush()

    def flush(self) -> None:
        """Sends on."""
        try:
            while self._unsent:
                sent = self.socket.send(memoryview(self._unsent)[: 1 << 18])
                del self._unsent[:sent]
        except BlockingIOError:
            pass

    @property
    def unsent(self) -> bool:
        """Whether `flush` has more to do."""
        return bool(self._unsent)
