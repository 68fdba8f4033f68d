"""A server as people start it: `trainyard serve` in a process of its own, which can be killed and started again."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from app.executors.local import LocalExecutor

DEADLINE = 120.0  # seconds; on a busy machine importing torch takes many of them


class Server:
    """One server over one data folder. `settings` are those of `app.settings`, as text.

    It is started by the `trainyard` beside the Python of the tests, or by another `program`.
    """

    def __init__(self, data: Path, program: Path | None = None, **settings: str) -> None:
        self.data = data
        self.program = program or Path(sys.executable).with_name("trainyard")
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.settings = settings
        self.seconds_to_healthy = 0.0
        self._client = httpx.Client(base_url=self.address, timeout=DEADLINE, trust_env=False, verify=False)
        self._process: subprocess.Popen[bytes] | None = None
        self._log = data / f"server-{self.port}.log"

    def start(self) -> None:
        """Starts it and waits until it is healthy."""
        began = time.monotonic()
        given = {"host": "127.0.0.1", "port": str(self.port), "data": str(self.data), **self.settings}
        environment = {**os.environ, **{f"TRAINYARD_{name.upper()}": value for name, value in given.items()}}
        with self._log.open("ab") as log:
            command = [str(self.program), "serve"]
            self._process = subprocess.Popen(
                command, env=environment, cwd=self.data, stdout=log, stderr=subprocess.STDOUT
            )
        until(self.healthy, "a healthy server", every=0.01, describe=self.last_words)
        self.seconds_to_healthy = time.monotonic() - began

    def healthy(self) -> bool:
        """Whether it answers; raises where its process has ended."""
        if self._process is None or self._process.poll() is not None:
            raise RuntimeError(f"The server has ended.\n{self.last_words()}")
        try:
            return self._client.get("/api/health", timeout=5).status_code == 200
        except httpx.TransportError:
            return False

    def kill(self) -> None:
        """Ends it as a power cut does."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Ends it as Ctrl-C does."""
        self._end(signal.SIGINT)

    def close(self, end_launcher: bool = True) -> None:
        """Ends the server, and its launcher and the workers."""
        self.stop()
        self._client.close()
        if end_launcher:
            with ThreadPoolExecutor(1) as thread:  # Playwright keeps a loop running in this one
                thread.submit(lambda: asyncio.run(LocalExecutor(self.data).shutdown())).result(DEADLINE)

    def warm(self) -> None:
        """Waits until its launcher has answered a question, so that nobody's first click waits for it."""
        self.get("/datasets/circle/preview")

    def headers(self) -> dict[str, str]:
        """What a program sends to be let in, as the teacher where there is one."""
        token = self.settings.get("teacher_token", self.settings.get("token", ""))
        return {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, path: str) -> Any:
        """The JSON of an address below /api."""
        answer = self._client.get(f"/api{path}", headers=self.headers())
        answer.raise_for_status()
        return answer.json()

    def post(self, path: str, body: Any) -> Any:
        """What the server answers to JSON."""
        answer = self._client.post(f"/api{path}", json=body, headers=self.headers())
        answer.raise_for_status()
        return answer.json()

    def events(self, run: str, after: int = 0) -> list[dict[str, Any]]:
        """Everything in a run's log, behind an event that is known."""
        found: list[dict[str, Any]] = []
        while page := self.get(f"/runs/{run}/events?limit=1000&after={after}")["events"]:
            found += page
            after = page[-1]["seq"]
        return found

    def last_words(self) -> str:
        """The end of its log."""
        return self._log.read_text(errors="replace")[-3000:]

    def _end(self, with_signal: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(with_signal)
            self._process.wait(DEADLINE)


@contextmanager
def serving(data: Path, end_launcher: bool = True, program: Path | None = None, **settings: str) -> Generator[Server]:
    """A warm server; it ends with the block, and so do its launcher and its workers unless others need them."""
    server = Server(data, program, **settings)
    try:
        server.start()
        server.warm()
        yield server
    finally:
        server.close(end_launcher)


def until(
    true: Callable[[], bool],
    what: str = "it",
    seconds: float = DEADLINE,
    every: float = 0.02,
    describe: Callable[[], object] = str,
) -> None:
    """Waits for a condition. Raises `TimeoutError` after so many seconds."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise TimeoutError(f"Expected {what} within {seconds:g} s.\n{describe()}")
        time.sleep(every)  # between two looks at a condition


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
