"""What one client of the live socket is sent: states first, then events, then pictures."""

import asyncio
import time

from starlette.websockets import WebSocket

from app.web.answers import encoded
from app.web.backpressure import Line
from app.web.connections import STALLED
from app.web.tail import Follower, Numbered, Tail, packed

GAP = 1 / 30  # seconds between two rounds of sending
HIDDEN_GAP = 0.5  # for a tab that nobody sees
HEARTBEAT = 20.0  # seconds
BEHIND = 1.0  # seconds between two words to a client that events are on their way to
DONE, DELETED = 1000, 4404  # close codes
# The first byte of a binary message to a client that says what it has taken.
MORE, PACKED, TEXT = 1, 2, 4
AT_ONCE = 16_384  # bytes of events to a client that does not say what it has taken
PACKS = 4  # times at least by which events are smaller when packed


class Sender:
    """One client's cursor: what it has been sent, and what comes next.

    With a `line`, the client says what it has taken: then only one round of pictures is under way to it, in pieces, and
    never more than its line carries in a moment.
    """

    def __init__(self, websocket: WebSocket, tail: Tail, follower: Follower, after: int, line: Line | None) -> None:
        self._websocket = websocket
        self._tail = tail
        self.follower = follower
        self._after = after
        self.line = line
        self._state = tail.before_now
        self._told_behind = time.monotonic()
        self._frames: dict[str, int] = {}
        self._behind = False  # with events, which did not fit into one message
        self._round: list[str] = []  # probes whose pictures are still to come in this round
        self._picture = memoryview(b"")  # what is left of the present one
        self._flags = 0
        self._due = 0.0  # when something new may be sent

    async def send_all(self) -> None:
        """Sends what there is, then waits for news; ends with the run."""
        while True:
            self.follower.news.clear()
            now = time.monotonic()
            turn = now >= self._due
            if turn:
                gap = HIDDEN_GAP if self.follower.hidden else 0.0 if self._tail.beginning else GAP
                self._due = now + gap
            await self._send_states()
            if turn:
                await self._send_events()
            await self._send_pictures(turn)
            if self._tail.gone or self.follower.away:
                await self._websocket.close(DELETED)
                return
            if self._tail.over and self._after >= len(self._tail.lines):
                await self._websocket.close(DONE)
                return
            await self._wait()

    async def _send_states(self) -> None:
        for state in list(self._tail.states):
            if state.number > self._state:
                self._state = state.number
                await self._tell_state(state)
        late = self.line and self._after < len(self._tail.lines)
        if late and self._tail.states and time.monotonic() - self._told_behind > BEHIND:
            await self._tell_state(self._tail.states[-1])

    async def _tell_state(self, state: Numbered) -> None:
        self._told_behind = time.monotonic()
        await self._text(self._tail.told(state))

    async def _send_events(self) -> None:
        line = self.line
        if line is None and self._after < len(self._tail.lines):
            events, self._after = self._tail.batch(self._after, size=AT_ONCE, veiled=self.follower.veiled)
            await self._text('{"events":' + events + "}")
            self._due = 0.0  # no more at once, since a state may have come
        while line and self._after < len(self._tail.lines) and self._free("events"):
            size = line.room * (PACKS if line.packing else 1)
            events, self._after = self._tail.batch(self._after, size=size, veiled=self.follower.veiled)
            text = '{"events":' + events + "}"
            if line.packing:
                await self._bytes("events", PACKED | TEXT, packed(text.encode()))
            else:
                await self._text(text, "events")
            self._behind = self._after < len(self._tail.lines)
            if self._behind:
                self._due = 0.0  # the rest as soon as this has arrived

    async def _send_pictures(self, turn: bool) -> None:
        line = self.line
        while self._picture or self._take_next(turn):
            if line is None:
                await self._send({"bytes": self._picture.tobytes()})
                self._picture = memoryview(b"")
                self._due = 0.0 if self._round else self._due
                return
            piece = self._picture[: line.piece]
            if line.room < len(piece):
                return
            self._picture = self._picture[len(piece) :]
            await self._bytes("picture", self._flags | (MORE if self._picture else 0), piece)

    def _take_next(self, turn: bool) -> bool:
        """Takes up the next picture of this round, or begins a round once the one before has arrived."""
        if self._behind:
            return False
        if not self._round and turn and self._free("picture"):
            self._round = [probe for probe in sorted(self.follower.watch) if self._is_new(probe)]
        while self._round:
            probe = self._round.pop(0)
            if probe in self.follower.watch and self._is_new(probe):
                frame = self._tail.frames[probe]
                self._frames[probe] = frame.number
                self._flags = PACKED if self.line and self.line.packing else 0
                self._picture = memoryview(frame.packed if self._flags else frame.content)
                return True
        return False

    def _free(self, kind: str) -> bool:
        """Whether something of a kind may be begun."""
        return self.line is None or (self.line.room > 0 and not self.line.busy(kind))

    def _is_new(self, probe: str) -> bool:
        frame = self._tail.frames.get(probe)
        return frame is not None and frame.number > self._frames.get(probe, 0)

    async def _wait(self) -> None:
        """Until there is news, or what was left for the next turn is due."""
        left = self._after < len(self._tail.lines) and self._free("events")
        left = left or (self._free("picture") and any(map(self._is_new, self.follower.watch)))
        seconds = max(0.0, self._due - time.monotonic()) if left else HEARTBEAT
        try:
            async with asyncio.timeout(seconds):
                await self.follower.news.wait()
        except TimeoutError:
            if not left:
                await self._text(encoded({"heartbeat": round(time.time(), 3)}).decode())

    async def _bytes(self, kind: str, flags: int, content: bytes | memoryview) -> None:
        await self._send({"bytes": bytes([flags]) + content}, kind)

    async def _text(self, text: str, kind: str = "state") -> None:
        await self._send({"text": text}, kind)

    async def _send(self, message: dict[str, str | bytes], kind: str = "") -> None:
        if self.line:
            self.line.sent(kind, sum(map(len, message.values())))
        async with asyncio.timeout(STALLED):
            await self._websocket.send({"type": "websocket.send", **message})
