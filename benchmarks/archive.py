"""A very long run opened in Chromium, and a list of very many runs."""

import json
import math
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Page, sync_playwright

from app.experiment.check import checked
from app.runs import events
from app.runs.folder import RunFolder
from app.runs.log import EventWriter
from app.training.recording.moments import measure_stride
from benchmarks.documents import two_spirals
from benchmarks.row import Row, milliseconds
from tests.browser.chromium import LAUNCH_FLAGS, chromium_path
from tests.browser.server import serving

STEPS = 1_000_000
RUNS = 10_000
TIMES = 5
CHUNK = 64  # rows in one `measured` event

# Looks at every frame of the screen until the page holds so many points and has drawn them.
DRAWN = """async (points) => {
  const held = () => globalThis.trainyard?.run.value?.columns.length;
  const drawn = () => held() === points && document.querySelector('#curves canvas');
  while (!drawn()) await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return performance.now() / 1000;
}"""
SHOWN = """async () => {
  while (!document.querySelector('button.train')) await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return performance.now() / 1000;
}"""
LISTED = """async () => {
  while (!document.querySelector('li.run')) await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return performance.now() / 1000;
}"""


def rows() -> list[Row]:
    """Both logs are written here, not trained; what is timed is reading them."""
    with tempfile.TemporaryDirectory(prefix="trainyard-bench-") as folder:
        data = Path(folder)
        document = checked(two_spirals()).model_dump(mode="json")
        long, points = long_run(data / "runs", document)
        began = time.monotonic()
        for number in range(RUNS):
            short_run(data / "runs", document, number)
        print(f"  {RUNS:,} runs written in {time.monotonic() - began:.0f} s", flush=True)
        with serving(data) as server, sync_playwright() as playwright:
            adopted = server.seconds_to_healthy
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=LAUNCH_FLAGS)
            page = browser.new_page(locale="en-US", viewport={"width": 1440, "height": 900})
            drawn = opened(page, f"{server.address}/?run={long.id}", DRAWN, points)
            shown = opened(page, f"{server.address}/", SHOWN)
            listed = opened(page, f"{server.address}/runs", LISTED)
            browser.close()
            asked: list[float] = []
            for _ in range(TIMES):
                start = time.perf_counter()
                server.get("/runs?limit=50")
                asked.append(time.perf_counter() - start)
    return [
        Row(
            f"A run of {STEPS:,} steps ({points:,} points): open to drawn",
            milliseconds(drawn),
            "300 ms",
            drawn <= 0.3,
            f"from the navigation, second visit; the page alone, without a run: {milliseconds(shown)}",
        ),
        Row(f"{RUNS:,} runs: list page", milliseconds(listed), "150 ms", listed <= 0.15, "from the navigation"),
        Row(f"{RUNS:,} runs: one page of them from the API", milliseconds(median(asked))),
        Row(f"Server start to healthy with {RUNS:,} runs it has never seen", f"{adopted:.1f} s"),
    ]


def opened(page: Page, address: str, until: str, argument: Any = None) -> float:
    """Seconds from a navigation until a script is satisfied; the median of visits after the first."""
    waited: list[float] = []
    for _ in range(TIMES + 1):
        page.goto("about:blank")
        page.goto(address, wait_until="commit")
        page.wait_for_selector("main, #app", state="attached")
        waited.append(page.evaluate(until, argument))
    return median(waited[1:])


def long_run(runs: Path, document: dict[str, Any]) -> tuple[RunFolder, int]:
    """A finished run with all the rows and evaluations that a million steps leave."""
    folder, writer = begun(runs, document)
    columns: dict[str, list[Any]] = {}
    points = step = 0
    while step < STEPS:
        step += measure_stride(step + 1)
        loss = round(0.7 * math.exp(-step / 200_000) + 0.02 * math.sin(step), 6)
        row = {"step": step, "epoch": round(step / 30, 3), "train_loss": loss, "learning_rate": 0.01}
        for name, value in {**row, "train_loss_min": loss - 0.01, "train_loss_max": loss + 0.01}.items():
            columns.setdefault(name, []).append(value)
        points += 1
        if len(columns["step"]) == CHUNK or step >= STEPS:
            writer.write(events.Measured, columns=columns)
            columns = {}
            told = {"train_loss": loss, "validation_loss": loss + 0.01, "validation_accuracy": 0.9}
            writer.write(
                events.Evaluated,
                step=step,
                epoch=step / 30,
                metrics=told,
                layers={},
                confusion=None,
                test_confusion=None,
            )
    ended(writer, STEPS)
    return folder, points


def short_run(runs: Path, document: dict[str, Any], number: int) -> None:
    """A finished run without curves."""
    folder, writer = begun(runs, document)
    (folder.path / "labels.json").write_text(json.dumps({"name": f"Run {number}", "tags": [], "note": ""}))
    ended(writer, 100)


def begun(runs: Path, document: dict[str, Any]) -> tuple[RunFolder, EventWriter]:
    folder = RunFolder.create(runs, document, {"owner": "local"})
    writer = EventWriter(folder)
    writer.write(events.Queued, owner="local")
    return folder, writer


def ended(writer: EventWriter, step: int) -> None:
    sentence = {"template": "All {epochs} epochs are done.", "values": {"epochs": step // 30}}
    writer.write(events.Finished, step=step, epoch=step / 30, reason="done", sentence=sentence)
    writer.close()
