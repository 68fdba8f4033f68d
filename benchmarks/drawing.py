"""From a stroke to the answer of every layer: a drawing put to a digits CNN again and again, one question at a time."""

import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

import httpx

from benchmarks.documents import digits_cnn, two_spirals, with_steps
from benchmarks.first_point import stop
from benchmarks.row import Row, milliseconds
from tests.browser.server import Server, serving, until

STROKES = 200
TARGET = 0.030  # seconds
SIDE = 8  # pixels


def rows() -> list[Row]:
    """First with the machine to itself, then while a network trains."""
    with tempfile.TemporaryDirectory(prefix="trainyard-bench-") as folder, serving(Path(folder)) as server:
        run = server.post("/runs", {"experiment": with_steps(digits_cnn(), 200)})["id"]
        until(lambda: server.get(f"/runs/{run}")["status"] == "done", "the end of the run")
        alone = strokes(server, run)
        other = server.post("/runs", {"experiment": two_spirals()})["id"]
        beside = strokes(server, run)
        stop(server, other)
    return [
        row("Draw a digit: from a stroke to the answer of every layer, digits CNN, p50", alone),
        row("the same while another network trains", beside),
    ]


def row(what: str, taken: list[float]) -> Row:
    """The first stroke makes a process ready for those behind it."""
    first, *rest = taken
    rest.sort()
    note = f"p90 {milliseconds(rest[int(len(rest) * 0.9)])}; the first {milliseconds(first)}"
    return Row(what, milliseconds(median(rest)), milliseconds(TARGET), median(rest) <= TARGET, note)


def strokes(server: Server, run: str) -> list[float]:
    """Seconds from each question to the last byte of its frames."""
    taken: list[float] = []
    with httpx.Client(base_url=server.address, headers={"X-Tab": str(time.monotonic())}, trust_env=False) as client:
        for number in range(STROKES):
            began = time.perf_counter()
            answer = client.post(f"/api/runs/{run}/predict", json={"inputs": [drawing(number)], "frames": True})
            taken.append(time.perf_counter() - began)
            answer.raise_for_status()
    return taken


def drawing(strokes: int) -> list[Any]:
    """A picture that fills up, pixel by pixel: 1 × 8 × 8."""
    levels = [1.0 if place <= strokes % SIDE**2 else 0.0 for place in range(SIDE**2)]
    return [[levels[start : start + SIDE] for start in range(0, SIDE**2, SIDE)]]
