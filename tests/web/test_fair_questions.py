"""Questions to workers: one seat's never hold up another's, and whoever hangs up frees the place."""

import json
import socket
import time
from collections.abc import Generator
from contextlib import ExitStack, contextmanager

import httpx

from tests.web.house import Server, experiment, until
from tests.web.test_gate import seated

HEAVY = {"experiment": experiment(dataset={"kind": "circle", "samples": 1000})}


@contextmanager
def asked_and_left(server: Server, client: httpx.Client, tab: int) -> Generator[None]:
    """A question that takes long is on its way; then whoever asked hangs up."""
    content = json.dumps(HEAVY).encode()
    cookies = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    name, port = server.address.split(":")
    with socket.create_connection((name, int(port))) as line:
        line.sendall(
            f"POST /api/experiments/baselines HTTP/1.1\r\nHost: {server.address}\r\n"
            f"Cookie: {cookies}\r\nX-Tab: {tab}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n".encode()
            + content
        )
        yield


def takes(client: httpx.Client) -> float:
    """Seconds until a picture is there."""
    began = time.monotonic()
    client.post("/api/experiments/picture", json={"experiment": experiment()}).raise_for_status()
    return time.monotonic() - began


def test_questions_of_one_seat_leave_others_their_pictures_and_end_when_it_hangs_up(class_server: Server) -> None:
    open_questions = class_server.app.state.house.limits._questions
    with seated(class_server, "Asks much") as busy, seated(class_server, "Draws") as other:
        until(lambda: all(takes(other) < 1 for _ in range(3)))  # a launcher that warms up takes longer by itself
        with ExitStack() as lines:
            for tab in range(12):
                lines.enter_context(asked_and_left(class_server, busy, tab))
            until(lambda: open_questions["Asks much"] >= 10)
            answer = other.post("/api/experiments/picture", json={"experiment": experiment()})
            assert answer.status_code == 200, answer.text
            assert open_questions["Asks much"] > 0
        until(lambda: not open_questions["Asks much"])


def test_seat_with_too_many_open_questions_is_told_so(class_server: Server) -> None:
    with seated(class_server, "Asks more") as busy:
        with ExitStack() as lines:
            for tab in range(32):
                lines.enter_context(asked_and_left(class_server, busy, tab))
            until(lambda: class_server.app.state.house.limits._questions["Asks more"] == 32)
            answer = busy.post("/api/experiments/picture", json={"experiment": experiment()})
            assert answer.status_code == 429
        until(lambda: not class_server.app.state.house.limits._questions["Asks more"])
        assert busy.post("/api/experiments/picture", json={"experiment": experiment()}).status_code == 200
