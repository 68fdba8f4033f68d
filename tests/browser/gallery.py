"""`python -m tests.browser.gallery`: pictures of the main states, into docs/gallery."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from app.experiment.presets import PRESETS
from tests.browser.chromium import LAUNCH_FLAGS, chromium_path
from tests.browser.server import Server, serving, until

GALLERY = Path(__file__).parents[2] / "docs" / "gallery"
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
QUALITY = 88
SETTLING = 4000  # milliseconds: thumbnails are drawn when nothing else is to be done


def main() -> None:
    """One picture for each state; each is opened as a person would open it."""
    GALLERY.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="trainyard-gallery-") as folder,
        serving(Path(folder)) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=LAUNCH_FLAGS)
        runs = {
            name: trained(server, name)
            for name in ("two-spirals", "optimizers-compared", "curve", "digits", "digits-convolution", "shapes-masks")
        }
        spirals = f"/?run={runs['two-spirals']}"
        take(browser, server, "light", spirals)
        take(browser, server, "dark", spirals, color_scheme="dark")
        take(browser, server, "chinese", spirals, locale="zh-CN")
        take(browser, server, "phone", spirals, viewport=PHONE, is_mobile=True, has_touch=True)
        take(browser, server, "large", spirals, before=enlarge, viewport={"width": 1920, "height": 1080})
        take(browser, server, "neuron", spirals, before=open_neuron)
        take(browser, server, "curve", f"/?run={runs['curve']}")
        take(browser, server, "digits", f"/?run={runs['digits']}")
        take(browser, server, "convolutions", f"/?run={runs['digits-convolution']}")
        take(browser, server, "masks", f"/?run={runs['shapes-masks']}", color_scheme="dark", locale="zh-CN")
        take(browser, server, "runs", "/runs", before=compare)
        browser.close()


def trained(server: Server, preset: str) -> str:
    """The id of a finished run of a preset."""
    chosen = next(candidate for candidate in PRESETS if candidate.name == preset)
    run = server.post("/runs", {"experiment": chosen.experiment, "name": chosen.title})["id"]
    until(lambda: server.get(f"/runs/{run}")["status"] == "done", f"the end of {preset}", 120)
    return run


def take(
    browser: Browser, server: Server, name: str, path: str, before: Callable[[Page], None] | None = None, **options: Any
) -> None:
    """Opens a page in a fresh profile and keeps its picture."""
    usual: dict[str, Any] = {"viewport": DESK, "locale": "en-US", "reduced_motion": "reduce"}
    context = browser.new_context(**usual | options)
    page = context.new_page()
    page.goto(server.address + path)
    page.locator(".train, li.run").first.wait_for()
    if path != "/runs":
        page.locator("#curves canvas, #curves .u-wrap").first.wait_for(state="attached")
    if before:
        before(page)
    page.wait_for_timeout(SETTLING)
    file = GALLERY / f"{name}.jpg"
    page.screenshot(path=file, type="jpeg", quality=QUALITY)
    context.close()
    print(f"{file.name}: {file.stat().st_size / 1000:.0f} kB", flush=True)


def enlarge(page: Page) -> None:
    page.get_by_role("button", name="More of the page").click()
    page.get_by_role("button", name="Large, for a projector").click()
    page.keyboard.press("Escape")


def open_neuron(page: Page) -> None:
    diagram = page.get_by_role("application", name="Network diagram")
    diagram.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown", "Enter"):
        diagram.press(key)


def compare(page: Page) -> None:
    for row in page.locator("li.run").all()[:3]:
        row.get_by_role("checkbox").check(force=True)


if __name__ == "__main__":
    main()
