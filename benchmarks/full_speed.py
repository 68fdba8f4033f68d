"""A small network at full speed in the page: how fast it learns, and how often what it has learned is seen anew."""

import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks.documents import playground
from benchmarks.first_point import stop
from benchmarks.row import Row
from tests.browser.chromium import LAUNCH_FLAGS, chromium_path
from tests.browser.playground import ready, run_id, shared
from tests.browser.server import Server, serving, until

SECONDS = 10
EPOCHS, PICTURES = 20_000, 30  # to each second

# Counts how often the boundary is painted, by its own canvas.
COUNT = """() => {
  const put = CanvasRenderingContext2D.prototype.putImageData;
  const drawn = CanvasRenderingContext2D.prototype.drawImage;
  const plane = document.querySelector('.plane canvas');
  window.painted = 0;
  let at = -1;
  const note = (context) => {
    const now = document.timeline.currentTime;
    if (context.canvas === plane && now !== at) [window.painted, at] = [window.painted + 1, now];
  };
  CanvasRenderingContext2D.prototype.putImageData = function (...a) { note(this); return put.apply(this, a); };
  CanvasRenderingContext2D.prototype.drawImage = function (...a) { note(this); return drawn.apply(this, a); };
}"""


def rows() -> list[Row]:
    """TensorFlow Playground's default network, from a warm server to Chromium."""
    document = playground()
    document["training"]["stepper"] = "quickest"
    with (
        tempfile.TemporaryDirectory(prefix="trainyard-bench-") as folder,
        serving(Path(folder)) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=LAUNCH_FLAGS)
        epochs, pictures = watched(server, browser.new_page(locale="en-US"), document)
        browser.close()
    return [
        Row(
            "Full speed in the page, TensorFlow Playground's default network: epochs per second",
            f"{epochs:,.0f}",
            f"{EPOCHS:,}",
            epochs >= EPOCHS,
        ),
        Row("the same: pictures per second", f"{pictures:.0f}", f"{PICTURES}", pictures >= PICTURES),
    ]


def watched(server: Server, page: Page, document: dict[str, Any]) -> tuple[float, float]:
    """Epochs trained and boundaries painted in each second."""
    page.goto(server.address + shared(document))
    ready(page)
    page.get_by_role("button", name="Train", exact=True).click()
    page.wait_for_function("() => new URLSearchParams(location.search).has('run')")
    run = run_id(page)
    until(lambda: epoch(server, run) > 0, "the first report")
    time.sleep(2)
    page.evaluate(COUNT)
    before, began = epoch(server, run), time.perf_counter()
    time.sleep(SECONDS)
    passed = time.perf_counter() - began
    found = (epoch(server, run) - before) / passed, page.evaluate("() => window.painted") / passed
    stop(server, run)
    return found


def epoch(server: Server, run: str) -> float:
    return server.get(f"/runs/{run}")["epoch"] or 0.0
