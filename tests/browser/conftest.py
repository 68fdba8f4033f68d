"""What the journeys share: a server, Chromium, a page with nothing of the journey before. No error is left unseen."""

import re
from collections.abc import Callable, Generator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    Page,
    expect,
    sync_playwright,
)

from tests.browser.chromium import LAUNCH_FLAGS, chromium_path
from tests.browser.server import Server, serving

SCREENSHOTS = Path(__file__).with_name("screenshots")
DEADLINE = 15_000  # milliseconds for anything that is expected on a page
CODE = "maple-river-lantern-42"
DESK = {"width": 1440, "height": 900}

expect.set_options(timeout=DEADLINE)

OpenPage = Callable[..., Page]
TakeScreenshot = Callable[..., None]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    with serving(tmp_path_factory.mktemp("data")) as one:
        yield one


@pytest.fixture(scope="session")
def school(tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    """A server for others, with a code, that has a name on the school's network."""
    with serving(tmp_path_factory.mktemp("school"), token=CODE, hosts="class.test") as one:
        yield one


@pytest.fixture(scope="package")  # no longer: while Playwright runs, no other test of the process can use asyncio
def chromium() -> Generator[Browser]:
    with sync_playwright() as playwright:
        flags = [*LAUNCH_FLAGS, "--host-resolver-rules=MAP class.test 127.0.0.1"]
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=flags)
        yield browser
        browser.close()


class Complaints:
    """What a page complained about; `forgive` what a test causes on purpose."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self._forgiven: list[str] = []

    def forgive(self, pattern: str) -> None:
        """Complaints in which the pattern is found do not count."""
        self._forgiven.append(pattern)

    def listen(self, page: Page) -> None:
        # The console tells of every request that fails or is refused, too; listening to each of them would cost much.
        page.on("console", self._console)
        page.on("pageerror", self._exception)

    def stop(self, page: Page) -> None:
        page.remove_listener("console", self._console)
        page.remove_listener("pageerror", self._exception)

    def left(self) -> list[str]:
        return [one for one in self.heard if not any(re.search(pattern, one) for pattern in self._forgiven)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.heard.append(f"console {message.type}: {message.text} {message.location.get('url', '')}")

    def _exception(self, error: Error) -> None:
        self.heard.append(f"exception: {error}")


@pytest.fixture
def complaints() -> Generator[Complaints]:
    one = Complaints()
    yield one
    assert one.left() == []


class SharedPage:
    """A page that one journey after another sits down at. Its Chromium process knows the modules of the page already,
    which saves two fifths of what opening it takes; but nothing is left there of the journey before."""

    def __init__(self, chromium: Browser, origin: str) -> None:
        self.page = a_page(chromium)
        self._origin = origin
        self._tools = self.page.context.new_cdp_session(self.page)

    def tidy(self) -> None:
        """As in a new profile, but for the cache."""
        page = self.page
        if page.url.startswith(self._origin):
            page.evaluate("() => sessionStorage.clear()")
        page.goto("about:blank")
        self._tools.send("Storage.clearDataForOrigin", {"origin": self._origin, "storageTypes": "all"})
        page.context.clear_cookies()
        page.context.clear_permissions()
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.mouse.move(0, 0)


@pytest.fixture(scope="package")
def shared_page(chromium: Browser, server: Server) -> SharedPage:
    return SharedPage(chromium, server.address)


@pytest.fixture
def open_page(
    chromium: Browser, server: Server, shared_page: SharedPage, complaints: Complaints
) -> Generator[OpenPage]:
    """Opens a page: `open_page("/runs", viewport=…, locale=…)`.

    A test's first page that asks for nothing special is the shared one; every other has a profile of its own. So has
    one that is `alone`, because its test changes what `SharedPage.tidy` does not mend.
    """
    pages: list[Page] = []

    def open_one(path: str = "/", address: str = server.address, *, alone: bool = False, **options: Any) -> Page:
        usual = not alone and not options and address == server.address and shared_page.page not in pages
        page = shared_page.page if usual else a_page(chromium, **options)
        pages.append(page)
        complaints.listen(page)
        page.goto(address + path)
        return page

    yield open_one
    for page in pages:
        if page is shared_page.page:
            shared_page.tidy()
            complaints.stop(page)
        else:
            page.context.close()
    stop_all(server)


def a_page(chromium: Browser, **options: Any) -> Page:
    """A page in a new profile."""
    context = chromium.new_context(**{"viewport": DESK, "locale": "en-US", "reduced_motion": "reduce"} | options)
    context.set_default_timeout(DEADLINE)
    return context.new_page()


def stop_all(server: Server) -> None:
    """Ends what a test left in training, because one seat has one place."""
    # In one question: between two, a run that goes from one status to another would be in neither answer.
    wanted = "&".join(f"status={status}" for status in ("running", "queued", "starting", "paused"))
    for run in server.get(f"/runs?{wanted}")["runs"]:
        with suppress(httpx.HTTPStatusError):  # it has ended meanwhile
            server.post(f"/runs/{run['id']}/commands", {"kind": "stop"})


@pytest.fixture
def screenshot(request: pytest.FixtureRequest) -> TakeScreenshot:
    """Keeps a picture of a page, named after the test."""
    test = request.node.name.removeprefix("test_")

    def take(page: Page, name: str = "", **options: Any) -> None:
        SCREENSHOTS.mkdir(exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"{test}{name and '-' + name}.png", **options)

    return take
