"""WebSockets whose messages wait with us, where newer ones can take their place, and not in the buffers below."""

from asyncio.transports import BaseTransport

from app.web.connections import SocketProtocol, make_prompt


class PromptWebSockets(SocketProtocol):
    """uvicorn's protocol, but that one message at most waits to be sent: usual are 64 kB here and megabytes below."""

    def connection_made(self, transport: BaseTransport) -> None:
        """Sets the limits once the connection has become a WebSocket."""
        super().connection_made(transport)
        make_prompt(transport)
