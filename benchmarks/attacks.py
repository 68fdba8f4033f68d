"""Attacks on the server of a class, each for a few seconds and with a bounded count of requests: see `siege`."""

import json
import os
import socket
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from io import BytesIO
from multiprocessing.synchronize import Event
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import httpx
from PIL import Image
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

CODE, TEACHER = "maple-river-lantern-42", "8k3q-v0xn-27jd-mhe5"
SECONDS = 6.0  # that an attack lasts
SMALL = {
    "dataset": {"kind": "circle", "samples": 100},
    "task": {"kind": "classification"},
    "networks": {"main": {"layers": [{"kind": "linear", "units": 4}, {"kind": "tanh"}]}},
    "loss": {"kind": "cross_entropy"},
    "training": {"epochs": 5, "batch_size": 10},
}
ENDLESS = SMALL | {"training": {"epochs": 1_000_000, "batch_size": 10}}
JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Target:
    """A server and the token of a seat. An attack sets `begun` once it is prepared, and ends when `end` is set."""

    address: str
    token: str
    begun: Event
    end: Event

    @property
    def bearer(self) -> dict[str, str]:
        """The headers that the seat sends with each request."""
        return {"Authorization": f"Bearer {self.token}"}


def nested_json(target: Target) -> int:
    """Two senders of 1.9 MB of nested JSON, without a code."""
    body = b'{"code": ' + b'{"a":[' * 240_000 + b"]}" * 240_000 + b"}"
    return _in_threads(2, lambda client: client.post("/api/session", content=body, headers=JSON), target)


def unfinished_bodies(target: Target) -> int:
    """200 bodies of 2 MB that never end, without a code."""
    head = f"POST /api/session HTTP/1.1\r\nHost: {target.address}\r\nContent-Type: application/json\r\n"
    said = f"{head}Content-Length: 2000000\r\n\r\n".encode() + b"[" * 1_900_000
    return _half_sent(target, said, 200)


def half_heads(target: Target) -> int:
    """1,100 requests whose heads never end."""
    return _half_sent(target, b"GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Half: ", 1100)


def bad_documents(target: Target) -> int:
    """Twelve large documents full of mistakes at a time, each with an Idempotency-Key, from one seat."""
    document = SMALL | {"networks": {"main": {"layers": [{"kind": "linear", "units": "many"}] * 12_000}}}
    body = json.dumps({"experiment": document}).encode()

    def send(client: httpx.Client) -> httpx.Response:
        headers = JSON | target.bearer | {"Idempotency-Key": os.urandom(8).hex()}
        return client.post("/api/runs", content=body, headers=headers)

    return _in_threads(12, send, target)


def hasty_guesses(target: Target) -> int:
    """Forty guessers who hang up after 50 ms."""

    def guess(client: httpx.Client) -> None:
        with suppress(httpx.TimeoutException):
            client.post("/api/session", json={"code": os.urandom(8).hex(), "name": "Eve"}, timeout=0.05)

    return _in_threads(40, guess, target)


def watching_sockets(target: Target) -> int:
    """Six sockets of one seat that look at something else again and again."""
    posted = httpx.post(
        f"http://{target.address}/api/runs", json={"experiment": ENDLESS}, headers=target.bearer, timeout=60
    )
    live = f"ws://{target.address}/api/runs/{posted.raise_for_status().json()['id']}/live"
    sent = 0
    with ExitStack() as stack:
        lines = [
            stack.enter_context(
                connect(live, proxy=None, max_size=None, close_timeout=1, additional_headers=target.bearer)
            )
            for _ in range(6)
        ]
        target.begun.set()
        until = time.monotonic() + 2 * SECONDS
        while not target.end.is_set() and sent < 20_000 and time.monotonic() < until:
            for line in lines:
                with suppress(WebSocketException, TimeoutError):
                    line.send(json.dumps({"watch": [("surface", "weights", "activations")[sent % 3]]}))
                sent += 1
    return sent


def many_baselines(target: Target) -> int:
    """Forty at a time that ask for the simpler methods, from one seat in as many tabs."""
    large = SMALL | {"dataset": {"kind": "circle", "samples": 1000}}

    def ask(client: httpx.Client) -> None:
        headers = target.bearer | {"X-Tab": os.urandom(4).hex()}
        client.post("/api/experiments/baselines", json={"experiment": large}, headers=headers)

    return _in_threads(40, ask, target)


def large_pictures(target: Target) -> int:
    """Eight at a time who send a zip of twenty pictures with sixteen million pixels each, from one seat."""
    picture, packed = BytesIO(), BytesIO()
    Image.new("RGB", (4000, 4000), (200, 40, 40)).save(picture, "PNG")
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for number in range(20):
            archive.writestr(f"class {number % 2}/{number}.png", picture.getvalue())
    files = {"file": ("large.zip", packed.getvalue())}

    def send(client: httpx.Client) -> None:
        client.post("/api/datasets", files=files, headers=target.bearer, timeout=60)

    return _in_threads(8, send, target)


def long_runs_of_many_seats(target: Target) -> int:
    """Forty seats with a run each that never ends."""
    target.begun.set()
    for number in range(40):
        with httpx.Client(base_url=f"http://{target.address}", timeout=20) as client:
            token = client.post("/api/session", json={"code": CODE, "name": f"Eve {number}"}).json()["token"]
            client.post("/api/runs", json={"experiment": ENDLESS}, headers={"Authorization": f"Bearer {token}"})
    target.end.wait(2 * SECONDS)
    return 40


def long_lists(target: Target) -> int:
    """Four at a time who ask for the list of a hundred runs on two thousand drawn points each."""
    points = [[x / 1000 - 1, x / 2000, x % 2] for x in range(2000)]
    asked = {"experiment": SMALL | {"dataset": {"kind": "points", "points": points}}, "start": "paused"}
    with httpx.Client(base_url=f"http://{target.address}", timeout=60, headers=target.bearer) as client:
        for _ in range(100):
            client.post("/api/runs", json=asked).raise_for_status()
    return _in_threads(4, lambda client: client.get("/api/runs?limit=200", headers=target.bearer), target)


ATTACKS: tuple[Callable[[Target], int], ...] = (
    nested_json,
    unfinished_bodies,
    half_heads,
    bad_documents,
    hasty_guesses,
    watching_sockets,
    many_baselines,
    large_pictures,
    long_runs_of_many_seats,
    long_lists,
)


def _in_threads(count: int, send: Callable[[httpx.Client], Any], target: Target) -> int:
    sent = [0] * count

    def sending(number: int) -> None:
        with httpx.Client(base_url=f"http://{target.address}", timeout=20) as client:
            while not target.end.is_set() and sent[number] < 2000:
                with suppress(httpx.HTTPError):
                    send(client)
                sent[number] += 1

    threads = [threading.Thread(target=sending, args=(number,), daemon=True) for number in range(count)]
    target.begun.set()
    for thread in threads:
        thread.start()
    target.end.wait(2 * SECONDS)
    until = time.monotonic() + SECONDS
    for thread in threads:  # what still waits for an answer is not waited for
        thread.join(max(0.0, until - time.monotonic()))
    return sum(sent)


def _half_sent(target: Target, said: bytes, count: int) -> int:
    target.begun.set()
    name, port = target.address.split(":")
    opened: list[socket.socket] = []
    for _ in range(count):
        with suppress(OSError):
            line = socket.create_connection((name, int(port)), timeout=0.5)
            opened.append(line)
            line.sendall(said)
    target.end.wait(2 * SECONDS)
    for line in opened:
        line.close()
    return len(opened)
