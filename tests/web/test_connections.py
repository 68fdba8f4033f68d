"""Connections that say nothing, or half of something, hold up nobody; and the server's own work goes on."""

import asyncio
import errno
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus

from app.store.projector import Projector
from app.web import house
from tests.web.house import DEADLINE, Server, endless, serving_in, start, until

HALF = b"GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Half: "
WHOLE = b"GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


@contextmanager
def line_to(server: Server, said: bytes = b"") -> Generator[socket.socket]:
    name, port = server.address.split(":")
    with socket.create_connection((name, int(port)), timeout=DEADLINE) as line:
        line.sendall(said)
        yield line


def ended(line: socket.socket) -> bool:
    """Waits until the server has closed a connection."""
    try:
        while line.recv(65_536):
            pass
    except ConnectionResetError:
        pass
    return True


@pytest.fixture
def hasty(yard: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Server]:
    """A server with little patience."""
    monkeypatch.setattr("app.web.connections.HEAD_SECONDS", 0.3)
    monkeypatch.setattr("app.web.connections.IDLE_SECONDS", 0.4)
    with serving_in(yard, end_launcher=False, connections=20) as server:
        yield server


@pytest.mark.parametrize("said", [b"", b"\r\n", b"G", HALF])
def test_half_a_request_is_not_waited_for(hasty: Server, said: bytes) -> None:
    with line_to(hasty, said) as line:
        assert ended(line)


def test_a_head_that_drips_gains_no_time(hasty: Server) -> None:
    with line_to(hasty, HALF) as line:
        line.settimeout(0.02)
        assert dripped(line, 1000) < 1000


def dripped(line: socket.socket, most: int) -> int:
    """How many single bytes a server takes before it closes the connection."""
    for count in range(most):
        try:
            line.sendall(b"x")
            if not line.recv(100):
                return count
        except TimeoutError:
            continue
        except OSError:
            return count
    return most


def test_a_connection_that_was_answered_is_not_kept_for_good(hasty: Server) -> None:
    with line_to(hasty, WHOLE) as line:
        assert b"200 OK" in line.recv(65_536)
        line.sendall(b"\r\n")  # which uvicorn alone would wait behind for ever
        assert ended(line)


def test_a_head_without_end_is_cut_off(yard: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.web.connections.HEAD_SECONDS", 2 * DEADLINE)
    with serving_in(yard, end_launcher=False) as server, line_to(server, HALF) as line:
        with suppress(OSError):
            for _ in range(200):
                line.sendall(b"x" * 10_000)
        assert ended(line)


def test_a_body_may_take_longer_than_a_head(hasty: Server) -> None:
    body = b'{"experiment": {}}'
    head = f"POST /api/experiments/check HTTP/1.1\r\nHost: {hasty.address}\r\nContent-Type: application/json\r\n"
    with line_to(hasty, f"{head}Content-Length: {len(body)}\r\n\r\n".encode()) as line:
        threading.Event().wait(0.6)
        line.sendall(body)
        assert b"200 OK" in line.recv(65_536)


def test_silent_connections_give_way_to_those_that_ask(yard: Path) -> None:
    with serving_in(yard, end_launcher=False, connections=20) as server, ExitStack() as opened:
        silent = [opened.enter_context(line_to(server, HALF)) for _ in range(60)]
        with server.client() as client:
            for _ in range(10):
                assert client.get("/api/health").status_code == 200
        assert all(ended(line) for line in silent[:40])
        assert len(server.connections()) <= 22


def test_a_socket_over_the_limit_is_refused_in_words_and_nothing_is_logged(
    yard: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with serving_in(yard, end_launcher=False, sockets=1) as server, server.client() as client:
        run = start(client, endless(), start="paused")
        with server.live(run) as first:
            first.recv()
            for _ in range(3):
                with pytest.raises(InvalidStatus) as refused, server.live(run):
                    pass
                assert refused.value.response.status_code == 429
            for _ in range(5):  # some leave before they are told
                with line_to(server, upgrade(server, run)):
                    pass
        client.delete(f"/api/runs/{run}")
        until(lambda: not server.connections())
    assert "handshake" not in capfd.readouterr().err


def upgrade(server: Server, run: str) -> bytes:
    """What a browser sends to open a live socket."""
    return (
        f"GET /api/runs/{run}/live HTTP/1.1\r\nHost: {server.address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    ).encode()


def test_the_projector_goes_on_after_an_error(yard: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Projector.bring_up_all
    looks: dict[Projector, list[bool]] = {}  # of this server's, and of another's that serves the same tests

    def failing(self: Projector) -> None:
        mine = looks.setdefault(self, [])
        mine.append(len(mine) != 1)  # the first is before the server starts
        if not mine[-1]:
            raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
        real(self)

    monkeypatch.setattr(house, "AGAIN_AFTER", 0.01)
    monkeypatch.setattr(Projector, "bring_up_all", failing)
    with serving_in(yard, end_launcher=False) as server:
        mine = server.app.state.house.projector
        until(lambda: len(looks.get(mine, [])) > 3)
    assert looks[mine][:3] == [True, False, True]


@pytest.mark.anyio
async def test_work_that_ends_in_an_error_begins_anew_and_is_logged(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(house, "AGAIN_AFTER", 0.0)
    tries = 0

    async def work() -> None:
        nonlocal tries
        tries += 1
        if tries < 3:
            raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    async with asyncio.timeout(DEADLINE):
        await house.kept_going(work)
    assert tries == 3
    assert "begins anew" in capfd.readouterr().err


def test_the_limit_of_files_is_raised_at_the_start() -> None:
    code = (
        "import resource\n"
        "from app.web.connections import raise_limit_of_files\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (256, 3000))\n"
        "raise_limit_of_files()\n"
        "print(resource.getrlimit(resource.RLIMIT_NOFILE)[0])\n"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "3000"
