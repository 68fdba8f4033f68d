"""From the click on Train to the first point, and from a start to a healthy server."""

import json
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import sync_playwright
from websockets.sync.client import connect

from benchmarks.documents import two_spirals
from benchmarks.row import Row, milliseconds
from tests.browser.chromium import LAUNCH_FLAGS, chromium_path
from tests.browser.playground import ready, shared
from tests.browser.server import Server, serving, until

TIMES = 9
STARTS = 3

# Watches the counters at every frame of the screen, from the click to the first step that they show.
WATCH = """() => {
  const button = document.querySelector('button.train');
  button.addEventListener('click', () => {
    const clicked = performance.now();
    const look = () => {
      const counter = document.querySelectorAll('.playback-counts .counter')[1];
      if (Number(counter?.textContent.replace(/\\D/g, '') ?? 0) > 0) window.waited = performance.now() - clicked;
      else requestAnimationFrame(look);
    };
    look();
  }, { once: true });
}"""


def rows() -> list[Row]:
    """A warm server, one run at a time."""
    with tempfile.TemporaryDirectory(prefix="trainyard-bench-") as folder, serving(Path(folder)) as server:
        by_program = median([at_the_socket(server) for _ in range(TIMES)])
        on_the_page = median(on_screen(server))
        starts: list[float] = []
        for _ in range(STARTS):
            server.stop()
            server.start()
            starts.append(server.seconds_to_healthy)
    return [
        Row("POST /api/runs to the first point at the socket, warm", milliseconds(by_program)),
        Row("Click Train to the first point drawn, warm", milliseconds(on_the_page), "100 ms", on_the_page <= 0.1),
        Row("Server start to healthy", f"{median(starts):.1f} s", "3 s", median(starts) <= 3),
    ]


def at_the_socket(server: Server) -> float:
    """Seconds from a request to the first `measured` event."""
    began = time.perf_counter()
    run = server.post("/runs", {"experiment": two_spirals()})["id"]
    address = f"{server.address.replace('http', 'ws')}/api/runs/{run}/live?after=0"
    with connect(address) as socket:
        while not any(event["type"] == "measured" for event in told(socket.recv())):
            pass
    waited = time.perf_counter() - began
    stop(server, run)
    return waited


def told(message: str | bytes) -> list[dict[str, Any]]:
    """The events of a message; frames bring none."""
    return json.loads(message).get("events", []) if isinstance(message, str) else []


def on_screen(server: Server) -> list[float]:
    """Seconds from clicks to the first step shown, in Chromium."""
    waited: list[float] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=LAUNCH_FLAGS)
        page = browser.new_page(locale="en-US")
        for number in range(TIMES):
            page.goto(server.address + shared({**two_spirals(), "seed": number}))
            page.reload()
            ready(page)
            page.wait_for_load_state("networkidle")
            page.evaluate(WATCH)
            button = page.locator("button.train").bounding_box() or {}
            page.mouse.move(button["x"] + 10, button["y"] + 10)
            time.sleep(0.3)  # Playwright leaves the page in peace before and after, as it would otherwise wait for it
            page.mouse.down()
            page.mouse.up()
            time.sleep(0.7)
            page.wait_for_function("() => window.waited")
            waited.append(page.evaluate("() => window.waited") / 1000)
            stop(server, page.evaluate("() => new URLSearchParams(location.search).get('run')"))
        browser.close()
    return waited


def stop(server: Server, run: str) -> None:
    """Ends a run and waits for it, so that the next has the machine for itself."""
    server.post(f"/runs/{run}/commands", {"kind": "stop"})
    until(lambda: server.get(f"/runs/{run}")["status"] == "stopped", "the end of the run")
