"""A client that reads 20 kB a second: what it is told stays of now, and a change of state does not wait."""

import json
import socket
import time
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.protocol import State
from websockets.uri import parse_uri

from app.runs.events import Measured, Queued
from app.runs.folder import RunFolder
from app.runs.frames import decode
from app.runs.log import EventWriter
from app.web.backpressure import FIRST, LEAST, MOST, Line
from tests.web.house import DEADLINE, Server, all_events, experiment, start, until

SPEED = 20_000  # bytes a second
MORE, PACKED, TEXT = 1, 2, 4
PROBES = ["activations", "surface", "weights"]


class SlowClient:
    """Reads so many bytes a second, and as the page does says what it has taken, unless it is of the older kind."""

    def __init__(self, line: socket.socket, protocol: ClientProtocol, acknowledging: bool) -> None:
        self.bytes_read = 0
        self.pictures: list[dict[str, Any]] = []  # step, and the bytes read when its first and its last piece was there
        self.events: list[dict[str, Any]] = []
        self.states: list[tuple[str, int]] = []  # each with the bytes read until then
        self.clock: list[tuple[float, int]] = []  # Unix time, and the bytes read until then
        self.silent = False
        self._line = line
        self._protocol = protocol
        self._acknowledging = acknowledging
        self._parts = b""
        self._begun = 0
        self._taken = 0

    def say(self, message: dict[str, Any]) -> None:
        self._protocol.send_text(json.dumps(message).encode())
        self._flush()

    def read(self, enough: Any, seconds: float = DEADLINE) -> None:
        """Reads until it is enough."""
        began, before = time.monotonic(), self.bytes_read
        while not enough():
            now = time.monotonic()
            if now - began > seconds:
                raise TimeoutError(f"{len(self.events)} events, {len(self.pictures)} pictures, {self.states[-3:]}")
            allowed = int((now - began) * SPEED) - (self.bytes_read - before)
            if allowed < 200:
                time.sleep(0.01)  # the line is as slow as that
                continue
            data = self._line.recv(min(allowed, 2000))
            assert data, "The server has closed the connection."
            self.bytes_read += len(data)
            self.clock.append((time.time(), self.bytes_read))
            self._protocol.receive_data(data)
            self._flush()  # answers to pings
            frames = [frame for frame in self._protocol.events_received() if isinstance(frame, Frame)]
            closed = self._protocol.state is not State.OPEN
            assert not closed, (self._protocol.close_rcvd, self.states[-3:], [last.data[:400] for last in frames[-3:]])
            for frame in frames:
                self._take(frame)

    def bytes_since(self, moment: float, until: int) -> int:
        """Bytes read from a moment on until so many were read: 20,000 of them are a second."""
        return until - max((read for then, read in self.clock if then <= moment), default=0)

    def _flush(self) -> None:
        for data in self._protocol.data_to_send():
            self._line.sendall(data)

    def _take(self, frame: Frame) -> None:
        if frame.opcode is Opcode.TEXT:
            self._hear(bytes(frame.data))
        elif frame.opcode is Opcode.BINARY and not self._acknowledging:
            self._see(bytes(frame.data))
        elif frame.opcode is Opcode.BINARY:
            flags, content = frame.data[0], bytes(frame.data[1:])
            self._begun = self._begun if self._parts else self.bytes_read
            if not flags & TEXT:
                self._parts, content = (
                    (b"", self._parts + content) if not flags & MORE else (self._parts + content, b"")
                )
            if content:
                content = zlib.decompress(content, -15) if flags & PACKED else content
                (self._hear if flags & TEXT else self._see)(content)
        else:
            return
        self._taken += 1
        if self._acknowledging and not self.silent:
            self.say({"taken": self._taken})

    def _hear(self, text: bytes) -> None:
        told = json.loads(text)
        self.events += told.get("events", [])
        if "state" in told:
            self.states.append((told["state"]["status"], self.bytes_read))

    def _see(self, frame: bytes) -> None:
        self.pictures.append({"step": decode(frame).step, "begun": self._begun, "read": self.bytes_read})


@contextmanager
def slow_client(server: Server, run: str, taking: str) -> Generator[SlowClient]:
    name, port = server.address.split(":")
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    line.settimeout(DEADLINE)
    with line:
        line.connect((name, int(port)))
        query = f"?after=0&taking={taking}" if taking else "?after=0"
        protocol = ClientProtocol(parse_uri(f"ws://{server.address}/api/runs/{run}/live{query}"))
        protocol.send_request(protocol.connect())
        line.sendall(b"".join(protocol.data_to_send()))
        while protocol.state.name == "CONNECTING":
            protocol.receive_data(line.recv(1))
        protocol.events_received()
        client = SlowClient(line, protocol, bool(taking))
        client.say({"watch": PROBES})
        yield client


@pytest.fixture
def busy_run(client: httpx.Client) -> Generator[str]:
    """Two spirals, endless: 45 kB of pictures thirty times a second, and 20 kB of events a second."""
    layers = [{"kind": "linear", "units": 8}, {"kind": "tanh"}] * 2
    document = experiment(
        dataset={"kind": "spiral"},
        networks={"main": {"layers": layers}},
        training={"epochs": 1_000_000, "stepper": "eager"},
    )
    run = start(client, document)
    yield run
    client.delete(f"/api/runs/{run}")


@pytest.mark.parametrize("taking", ["packed", "plain", ""])
def test_a_pause_is_told_within_a_second(server: Server, client: httpx.Client, busy_run: str, taking: str) -> None:
    with slow_client(server, busy_run, taking) as slow:
        slow.read(lambda: len(slow.pictures) > 1)
        assert client.post(f"/api/runs/{busy_run}/commands", json={"kind": "pause"}).status_code == 202
        slow.read(lambda: slow.states[-1][0] == "paused")
    [paused] = [event["time"] for event in all_events(client, busy_run) if event["type"] == "paused"]
    # An older client has one picture, whole, in front of it.
    assert slow.bytes_since(paused, slow.states[-1][1]) < (SPEED if taking else 3 * SPEED)


def test_events_and_pictures_are_never_two_seconds_on_their_way(
    server: Server, client: httpx.Client, busy_run: str
) -> None:
    with slow_client(server, busy_run, "packed") as slow:
        slow.read(lambda: len(slow.pictures) > 6)
    assert [event["seq"] for event in slow.events] == list(range(1, len(slow.events) + 1))
    unread = all_events(client, busy_run, after=len(slow.events))[0]
    assert slow.bytes_since(unread["time"], slow.bytes_read) < 2 * SPEED
    # Before its first piece, half a second of other things is under way at most.
    assert max(picture["read"] - picture["begun"] for picture in slow.pictures) < 1.5 * SPEED
    steps = [picture["step"] for picture in slow.pictures]
    assert steps == sorted(steps)


def test_who_says_nothing_of_what_was_taken_gets_no_more_pictures(server: Server, busy_run: str) -> None:
    with slow_client(server, busy_run, "plain") as slow:
        slow.read(lambda: len(slow.pictures) > 3)
        slow.silent = True
        before = slow.bytes_read
        heard = len(slow.states)
        slow.read(lambda: len(slow.states) > heard + 1)  # that it is behind, each second
    assert slow.bytes_read - before < SPEED


def test_stream_to_a_client_that_reads_nothing_waits_at_the_server_and_not_on_its_way(
    server: Server, client: httpx.Client
) -> None:
    run = long_log(server)
    until(lambda: client.get(f"/api/runs/{run}").status_code == 200)
    name, port = server.address.split(":")
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        line.settimeout(DEADLINE)
        line.connect((name, int(port)))
        asked = f"GET /api/runs/{run}/events HTTP/1.1\r\nHost: {server.address}\r\nAccept: text/event-stream\r\n\r\n"
        line.sendall(asked.encode())
        assert b"200 OK" in line.recv(500)
        time.sleep(0.5)  # no condition to wait for: a server without a bound fills the line meanwhile
        client.delete(f"/api/runs/{run}")  # the stream ends behind what is under way
        under_way = 0
        while not (data := line.recv(65_536)).endswith(b"0\r\n\r\n"):
            under_way += len(data)
    assert 1000 < under_way < 60_000


def long_log(server: Server) -> str:
    """A run whose log has a megabyte."""
    folder = RunFolder.create(server.settings.runs, experiment(), {"owner": "local", "class": None})
    log = EventWriter(folder)
    log.write(Queued, owner="local")
    for step in range(1, 2000):
        log.write(Measured, columns={"step": [step], "epoch": [0.0], "train_loss": [0.5] * 200})
    log.close()
    assert folder.events_file.stat().st_size > 1_000_000
    return folder.id


@pytest.mark.parametrize("taking", ["x", "packed ", "1"])
def test_unknown_way_of_taking_opens_no_socket(server: Server, busy_run: str, taking: str) -> None:
    answer = httpx.get(
        f"http://{server.address}/api/runs/{busy_run}/live?taking={taking}",
        headers={
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        },
        trust_env=False,
    )
    assert answer.status_code == 422


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def carried(line: Line, clock: Clock, speed: float, there_and_back: float, seconds: float) -> list[float]:
    """Sends over a line for so long; the delays that what was sent at once had beyond the way there and back."""
    delays: list[float] = []
    line.sent("state", 200)
    clock.now = there_and_back + 200 / speed
    assert line.took(1)
    number = 1
    while clock.now < seconds:
        began, size = clock.now, 0
        while line.room >= (piece := line.piece):
            line.sent("picture", piece)
            size, number = size + piece, number + 1
        delays.append(size / speed)
        clock.now = began + size / speed + there_and_back
        assert line.took(number)
    return delays


@pytest.mark.parametrize(("speed", "there_and_back"), [(20_000, 0.02), (20_000, 0.4), (1e6, 0.2), (1e8, 0.001)])
def test_what_is_under_way_is_as_much_as_a_line_carries_in_a_moment(speed: float, there_and_back: float) -> None:
    clock = Clock()
    line = Line(packs=True, clock=clock)
    delays = carried(line, clock, speed, there_and_back, 20.0)
    assert max(delays[len(delays) // 2 :]) < 0.5
    assert LEAST <= line.room <= MOST
    assert line.packing == (speed < 1e6)
    if speed >= 1e6:
        assert line.room > FIRST


def test_what_was_not_sent_cannot_be_taken() -> None:
    line = Line(packs=False)
    assert not line.took(7)
    line.sent("events", 500)
    assert line.busy("events")
    assert line.took(10**12)
    assert not line.busy("events")
    assert line.under_way == 0
    assert not line.packing
