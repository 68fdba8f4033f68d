"""What the tests of the web share: a real server on a port of the system's choice, over the real executor."""

import asyncio
import json
import socket
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from websockets.sync.client import ClientConnection, connect

from app.executors.limits import Limits
from app.executors.local import LocalExecutor
from app.main import create_app, serving
from app.settings import Settings

DEADLINE = 120.0  # seconds; a launcher that imports torch on a busy machine takes many of them


def experiment(**changes: Any) -> dict[str, Any]:
    """A small experiment that ends within a second."""
    document: dict[str, Any] = {
        "dataset": {"kind": "circle", "samples": 100},
        "task": {"kind": "classification"},
        "networks": {"main": {"layers": [{"kind": "linear", "units": 4}, {"kind": "tanh"}]}},
        "loss": {"kind": "cross_entropy"},
        "training": {"epochs": 5, "batch_size": 10},
    }
    return document | changes


def endless() -> dict[str, Any]:
    """An experiment that ends only when it is told to."""
    return experiment(training={"epochs": 1_000_000, "batch_size": 10, "stepper": "eager"})


class Server:
    """A running server. `address` is `127.0.0.1:port`."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.executor = LocalExecutor(settings.data, Limits(per_owner=settings.runs_per_seat or 4))
        self.app = create_app(settings, self.executor, self.executor.close, self.executor.dismiss_older)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._socket.getsockname()[1]}"
        self._server = uvicorn.Server(uvicorn.Config(self.app, **serving(settings)))
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],), daemon=True)

    def start(self) -> None:
        self._thread.start()
        until(lambda: self._server.started)

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(DEADLINE)
        self._socket.close()

    def connections(self) -> list[object]:
        """All that are open, sockets included."""
        return list(self._server.server_state.connections)

    def client(self, **options: Any) -> httpx.Client:
        # Plain http: reading the certificates of the machine for each client would take 30 ms.
        return httpx.Client(
            base_url=f"http://{self.address}", timeout=DEADLINE, trust_env=False, verify=False, **options
        )

    def live(self, run: str, after: int | str = 0, **options: Any) -> ClientConnection:
        return connect(f"ws://{self.address}/api/runs/{run}/live?after={after}", proxy=None, max_size=None, **options)


@contextmanager
def serving_in(data: Path, end_launcher: bool = True, **settings: Any) -> Generator[Server]:
    """A server over a data folder; its launcher and workers are gone at the end."""
    server = Server(Settings(data=data, **settings))
    server.start()
    try:
        yield server
    finally:
        server.stop()
        if end_launcher:
            asyncio.run(LocalExecutor(data).shutdown())


def start(client: httpx.Client, document: dict[str, Any] | None = None, **more: Any) -> str:
    """Starts a run and gives its id."""
    answer = client.post("/api/runs", json={"experiment": document or experiment(), **more})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def ended(client: httpx.Client, run: str) -> dict[str, Any]:
    """The run, once it has ended."""
    ends = ("done", "stopped", "diverged", "failed", "out_of_memory", "over_limit", "lost")
    return until(lambda: (told := client.get(f"/api/runs/{run}").json())["status"] in ends and told)


def all_events(client: httpx.Client, run: str, after: int = 0, limit: int = 1000) -> list[dict[str, Any]]:
    """Every event by asking page by page."""
    found: list[dict[str, Any]] = []
    while page := client.get(f"/api/runs/{run}/events", params={"after": after, "limit": limit}).json()["events"]:
        found += page
        after = page[-1]["seq"]
    return found


def heard(socket: ClientConnection) -> list[dict[str, Any]]:
    """Every event that a socket tells until it closes."""
    return [event for message in socket if isinstance(message, str) for event in json.loads(message).get("events", [])]


def until(true: Callable[[], Any]) -> Any:
    """Waits until something is true, and gives it."""
    deadline = time.monotonic() + DEADLINE
    waiting = threading.Event()
    while not (found := true()):
        if time.monotonic() > deadline:
            raise AssertionError(f"It did not happen in {DEADLINE} seconds: {true}")
        waiting.wait(0.04)
    return found
