"""What the journeys share: one server, one Chromium, a fresh profile for each test, and no error left unseen."""

import re
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)

from tests.browser.chromium import LAUNCH_FLAGS, chromium_path
from tests.browser.server import Server, serving
from tests.web.conftest import CODE, TEACHER

SCREENSHOTS = Path(__file__).with_name("screenshots")
DEADLINE = 30_000  # milliseconds for anything that is expected on a page
USUAL: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}, "locale": "en-US", "reduced_motion": "reduce"}

expect.set_options(timeout=DEADLINE)

OpenPage = Callable[..., Page]
TakeScreenshot = Callable[..., None]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    with serving(tmp_path_factory.mktemp("data")) as running:
        yield running


@pytest.fixture(scope="session")
def school_server(server: Server) -> Generator[Server]:
    """Over the data folder of the other server, so that both have one launcher."""
    with serving(server.data, end_launcher=False, token=CODE, teacher_token=TEACHER, hosts="class.test") as running:
        yield running


@pytest.fixture
def school(school_server: Server) -> Generator[Server]:
    """A server for others, with a code, that has a name on the school's network. No training is left on it."""
    yield school_server
    stop_all(school_server)


@pytest.fixture(scope="package")  # no longer: while Playwright runs, no other test of the process can use asyncio
def chromium() -> Generator[Browser]:
    with sync_playwright() as playwright:
        # With the second flag, tabs of one profile and site share a process, as they do where memory is short.
        flags = [*LAUNCH_FLAGS, "--host-resolver-rules=MAP class.test 127.0.0.1", "--process-per-site"]
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=flags)
        yield browser
        browser.close()


# A quick run may end while a command to it is on its way; then the page does not need it any more.
TOO_LATE = r"status of 409 \(Conflict\) .*/commands$"


class Complaints:
    """What a page complained about; `forgive` what a test causes on purpose."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self._forgiven = [TOO_LATE]

    def forgive(self, pattern: str) -> None:
        """Complaints in which the pattern is found do not count."""
        self._forgiven.append(pattern)

    def listen(self, page: Page) -> None:
        # The console tells of every request that fails or is refused, too; listening to each of them would cost much.
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.heard.append(f"exception: {error}"))

    def left(self) -> list[str]:
        return [
            complaint
            for complaint in self.heard
            if not any(re.search(pattern, complaint) for pattern in self._forgiven)
        ]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.heard.append(f"console {message.type}: {message.text} {message.location.get('url', '')}")


@pytest.fixture
def complaints() -> Generator[Complaints]:
    heard = Complaints()
    yield heard
    assert heard.left() == []


@pytest.fixture(scope="package")
def habitual(chromium: Browser, server: Server) -> Generator[BrowserContext]:
    """The profile of somebody who has been here before and has a tab open: a further page costs less than a first."""
    with chromium.new_context(**USUAL) as context:
        context.new_page().goto(f"{server.address}/favicon.ico")
        yield context


@pytest.fixture
def open_page(
    chromium: Browser, habitual: BrowserContext, server: Server, complaints: Complaints
) -> Generator[OpenPage]:
    """Opens a page where nothing is remembered of other tests: `open_page("/runs", viewport=…, locale=…)`.

    A page with options, and a second one, has a profile of its own. What the test left in training on the server is
    stopped, because one seat has one place.
    """
    pages: list[Page] = []

    def open_one(path: str = "/", address: str = server.address, **options: Any) -> Page:
        own = bool(options or pages)
        page = (chromium.new_context(**USUAL | options) if own else habitual).new_page()
        pages.append(page)
        page.set_default_timeout(DEADLINE)
        complaints.listen(page)
        if not own:
            forget(page, address)
        page.goto(address + path)
        return page

    yield open_one
    for page in pages:
        if page.context is habitual:
            page.close()
        else:
            page.context.close()
    stop_all(server)


def forget(page: Page, address: str) -> None:
    """Removes all that a site has left in a profile, but for the cache."""
    page.context.clear_cookies()
    page.context.clear_permissions()
    session = page.context.new_cdp_session(page)
    session.send("Storage.clearDataForOrigin", {"origin": address, "storageTypes": "local_storage"})
    session.detach()


def stop_all(server: Server) -> None:
    """Ends all training on a server."""
    # In one question: between two, a run that goes from one status to another would be in neither answer.
    wanted = "&".join(f"status={status}" for status in ("running", "queued", "starting", "paused"))
    for run in server.get(f"/runs?{wanted}")["runs"]:
        try:
            server.post(f"/runs/{run['id']}/commands", {"kind": "stop"})
        except httpx.HTTPStatusError as error:
            if error.response.status_code != 409:  # it has ended meanwhile
                raise


@pytest.fixture
def screenshot(request: pytest.FixtureRequest) -> TakeScreenshot:
    """Keeps a picture of a page, named after the test."""
    test = request.node.name.removeprefix("test_")

    def take(page: Page, name: str = "", **options: Any) -> None:
        SCREENSHOTS.mkdir(exist_ok=True)
        file = SCREENSHOTS / f"{test}{name and '-' + name}.jpeg"
        page.screenshot(path=file, type="jpeg", quality=90, **options)  # a PNG takes twice as long

    return take
