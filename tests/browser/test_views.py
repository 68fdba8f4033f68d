"""A new view is one file and one line in a list: it is drawn live, at kept moments and after a reload."""

from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import OpenPage
from tests.browser.playground import PATIENCE, ready, run_id, shared, small, step, train, until_status
from tests.browser.server import Server, until

pytestmark = pytest.mark.browser
# The whole of a new view, as docs/extending.md has it.
PAGE = Path(__file__).parents[2] / "docs" / "extending.md"
FILE, LINE = [rest.partition("```")[0] for rest in PAGE.read_text().split("```js\n")[1:3]]
# A bundle knows nothing of what a test adds: the page takes its modules themselves.
OWN = 'import "../../../js/pages/playground.js";'


def changed(route: Route) -> None:
    """The list of views, with one more line in it and the import that goes with it."""
    text = route.fetch().text()
    start = "export const VIEWS = ["
    more = text.replace(start, f'import {{ Norms }} from "./norms.js";\n{start}{LINE}')
    assert more != text
    route.fulfill(content_type="text/javascript", body=more)


@pytest.fixture
def page(open_page: OpenPage) -> Generator[Page]:
    opened = open_page("/api/health")
    opened.route("**/js/views/index.js", changed)
    opened.route("**/js/views/norms.js", lambda route: route.fulfill(content_type="text/javascript", body=FILE))
    opened.route(
        "**/bundle/js/pages/playground.js", lambda route: route.fulfill(content_type="text/javascript", body=OWN)
    )
    yield opened
    opened.unroute_all(behavior="ignoreErrors")


def test_an_added_view_follows_the_run_looks_back_and_outlives_a_reload(page: Page, server: Server) -> None:
    page.goto(server.address + shared(small(40, dataset={"kind": "wine"}, loss={"kind": "cross_entropy"})))
    ready(page)
    norms = page.locator("#output #norms")
    expect(norms).to_have_attribute("data-step", "0", timeout=PATIENCE)  # the untrained network's
    train(page)
    until_status(page, "Done")
    end = step(page)
    expect(norms).to_have_attribute("data-step", str(end))
    page.reload()
    ready(page)
    expect(norms).to_have_attribute("data-step", str(end))
    kept = [event["step"] for event in server.events(run_id(page)) if event["type"] == "frame_kept"]
    page.get_by_role("slider", name="Look back").press("Home")
    until(lambda: step(page) == kept[0], "the first moment")
    expect(norms).to_have_attribute("data-step", str(kept[0]))
