"""A class while somebody attacks its server: what another seat feels meanwhile, and whether all is well afterwards.

Each attack goes to a server of its own on this machine, and ends after a few seconds.
"""

import asyncio
import multiprocessing
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx

from app.executors.local import LocalExecutor
from benchmarks.attacks import ATTACKS, CODE, SECONDS, SMALL, TEACHER, Target
from benchmarks.row import Row, milliseconds

FILES = 1024  # the soft limit of open files that the server is started with
PREPARING = 90.0  # seconds for what an attack needs beforehand, such as a hundred runs


def rows() -> list[Row]:
    """What is felt during each attack, and what is left of it."""
    found: list[Row] = []
    for attack in (None, *ATTACKS):
        with serving() as server:
            found += besieged(server, attack)
    return found


class Besieged:
    """A server for a class, and the seat that feels what is done to it."""

    def __init__(self, address: str, process: subprocess.Popen[bytes]) -> None:
        self.address = address
        self.pid = process.pid
        self.client = httpx.Client(base_url=f"http://{address}", timeout=60)
        self.token = self.seat("Ada")
        self.client.headers["Authorization"] = f"Bearer {self.token}"

    def seat(self, name: str) -> str:
        """The token of a new seat."""
        with httpx.Client(base_url=f"http://{self.address}", timeout=60) as door:
            return door.post("/api/session", json={"code": CODE, "name": name}).json()["token"]

    def about(self) -> float:
        """Seconds until a question is answered."""
        began = time.monotonic()
        with suppress(httpx.HTTPError):
            self.client.get("/api/about")
        return time.monotonic() - began

    def first_point(self) -> float:
        """Seconds until a run that is started now has told its first loss."""
        began = time.monotonic()
        run = self.client.post("/api/runs", json={"experiment": SMALL}).json()["id"]
        while time.monotonic() - began < 30:
            events = self.client.get(f"/api/runs/{run}/events", params={"limit": 50}).json()["events"]
            if any(event["type"] == "measured" for event in events):
                break
            time.sleep(0.01)
        return time.monotonic() - began

    def states_left(self) -> list[str]:
        """Of the seat's runs that are not done in the list some seconds later, the status there and in their log."""
        until = time.monotonic() + 8
        while (left := self._unfinished()) and time.monotonic() < until:
            time.sleep(0.1)
        return [f"{status} in the list, {self._last_event(run)} in the log" for run, status in left.items()]

    def _unfinished(self) -> dict[str, str]:
        listed = self.client.get("/api/runs?owner=Ada").json()["runs"]
        return {run["id"]: run["status"] for run in listed if run["status"] != "done"}

    def _last_event(self, run: str) -> str:
        return self.client.get(f"/api/runs/{run}/events?limit=5000").json()["events"][-1]["type"]

    def megabytes(self) -> float:
        """Memory of the server."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024

    def files(self) -> int:
        """How many files the server has open."""
        return len(list(Path(f"/proc/{self.pid}/fd").iterdir()))


def besieged(server: Besieged, attack: Callable[[Target], int] | None) -> list[Row]:
    """The rows of one attack."""
    name = attack.__name__.replace("_", " ") if attack else "peace"
    server.first_point()  # the launcher is warm
    memory, files = server.megabytes(), server.files()
    spawn = multiprocessing.get_context("spawn")
    target = Target(server.address, server.seat("Eve"), begun=spawn.Event(), end=spawn.Event())
    sent = spawn.Value("i", 0)
    attacker = spawn.Process(target=_attack, args=(attack, target, sent))
    if attack:
        attacker.start()
        if not target.begun.wait(PREPARING):
            raise TimeoutError(f"Expected the attack {name!r} to begin within {PREPARING:.0f} s, but it did not.")
    health = Health(server.address)
    health.start()
    if attack:
        time.sleep(0.5)  # it is in full course
    took: list[float] = []
    until = time.monotonic() + SECONDS
    first = server.first_point()
    while time.monotonic() < until:
        took.append(server.about())
        time.sleep(0.02)
    target.end.set()
    if attack:
        attacker.join(20)
        attacker.kill()
        if not sent.value:
            raise RuntimeError(f"Expected the attack {name!r} to send something, but it sent nothing.")
    gap = health.stop()
    left = server.states_left()
    median = statistics.median(took)
    note = f"{sent.value} sent; slowest {milliseconds(max(took))}"
    back = f"{server.megabytes() - memory:+.0f} MB, {server.files() - files:+d} files, {len(left)} runs not done"
    return [
        Row(f"{name}: another seat's /api/about", milliseconds(median), "50 ms", median < 0.05, note),
        Row(f"{name}: its first point", milliseconds(first), "1 s", first < 1),
        Row(f"{name}: longest silence of /api/health", milliseconds(gap), "250 ms", gap < 0.25),
        Row(f"{name}: afterwards", back, "every run done", not left, "; ".join(left)),
    ]


class Health(threading.Thread):
    """Asks whether the server is well, again and again, and notes the longest silence."""

    def __init__(self, address: str) -> None:
        super().__init__(daemon=True)
        self._client = httpx.Client(base_url=f"http://{address}", timeout=60)
        self._end = threading.Event()
        self._longest = 0.0

    def run(self) -> None:
        """Until it is told to stop."""
        while not self._end.wait(0.01):
            began = time.monotonic()
            with suppress(httpx.HTTPError):
                self._client.get("/api/health")
            self._longest = max(self._longest, time.monotonic() - began)

    def stop(self) -> float:
        """The longest silence, in seconds."""
        self._end.set()
        self.join()
        return self._longest


@contextmanager
def serving() -> Generator[Besieged]:
    """A server for a class, in a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="trainyard-siege-") as folder:
        told = {"TRAINYARD_TOKEN": CODE, "TRAINYARD_TEACHER_TOKEN": TEACHER}
        serve = [sys.executable, "-m", "app.cli", "serve", "--port", str(port), "--data", folder]
        command = ["sh", "-c", f'ulimit -Sn {FILES} && exec "$@"', "sh", *serve]
        quiet = subprocess.DEVNULL
        process = subprocess.Popen(command, env=os.environ | told, stdout=quiet, stderr=quiet)
        try:
            _wait_for(port)
            yield Besieged(f"127.0.0.1:{port}", process)
        finally:
            process.terminate()
            process.wait(20)
            asyncio.run(LocalExecutor(Path(folder)).shutdown())


def _wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with suppress(httpx.HTTPError):
            if httpx.get(f"http://127.0.0.1:{port}/api/health").status_code == 200:
                return
        time.sleep(0.1)
    raise TimeoutError("The server did not come up.")


def _attack(attack: Callable[[Target], int], target: Target, sent: Any) -> None:
    sent.value = attack(target)


if __name__ == "__main__":
    for row in rows():
        print(f"{row.what:55} {row.measured:40} {row.target:25} {row.met} {row.note}")
