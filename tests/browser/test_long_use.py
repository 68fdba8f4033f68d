"""What hours of use show: the page does not grow, and nothing that was opened stays behind."""

from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.browser.conftest import OpenPage, TakeScreenshot
from tests.browser.playground import Document, button, ready, shared, small
from tests.browser.server import Server

pytestmark = pytest.mark.browser
SWITCHES = 40
PICTURES = small(
    dataset={"kind": "digits"},
    loss={"kind": "cross_entropy"},
    networks={"main": {"layers": [{"kind": "flatten"}, {"kind": "linear", "units": 8}, {"kind": "tanh"}]}},
)
PLANE = small()


def test_forty_switches_between_points_and_pictures_leave_nothing_behind(open_page: OpenPage, server: Server) -> None:
    for document in (PICTURES, PLANE):
        server.post("/datasets/preview", {"dataset": document["dataset"]})  # kept from now on
    page = ready(open_page(shared(PLANE)))
    expect(page.locator("#output .plane")).to_have_count(1)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    for _ in range(3):  # what is fetched and compiled once
        switch(page)
    before = held(session)
    for _ in range(SWITCHES // 2):
        switch(page)
    after = held(session)
    assert after["Nodes"] - before["Nodes"] < SWITCHES, (before, after)
    assert after["JSEventListeners"] - before["JSEventListeners"] < SWITCHES // 2, (before, after)
    assert after["JSHeapUsedSize"] - before["JSHeapUsedSize"] < 4e6, (before, after)  # it was 8 MB


def switch(page: Page) -> None:
    """To pictures and back, each until its own data are shown."""
    for document, planes in ((PICTURES, 0), (PLANE, 1)):
        put(page, document)
        expect(page.locator("#output .plane")).to_have_count(planes)


def put(page: Page, document: Document) -> None:
    page.evaluate("(document) => { trainyard.experiment.value = document }", document)


def held(session: CDPSession) -> dict[str, float]:
    """What the page holds once nothing can be thrown away any more."""
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
    metrics: list[dict[str, Any]] = session.send("Performance.getMetrics")["metrics"]
    return {metric["name"]: metric["value"] for metric in metrics}


def test_a_card_that_is_left_by_tab_closes_or_escape_closes_it(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    page = ready(open_page(shared(PLANE)))
    button(page, "More of the page").click()
    card = page.get_by_role("dialog", name="More of the page")
    expect(card).to_be_visible()
    for _ in range(20):
        page.keyboard.press("Tab")
        if not card.count():
            break
    expect(card).to_have_count(0)

    page.locator(".car-card", has_text="Linear").first.click()
    form = page.get_by_role("dialog", name="Settings of the layer")
    expect(form).to_be_visible()
    page.get_by_role("button", name="Train", exact=True).focus()
    expect(form).to_be_visible()  # it stands beside the network, and stays while one tries
    screenshot(page, "layer")
    page.keyboard.press("Escape")
    expect(form).to_have_count(0)

    diagram = page.get_by_role("application", name="Network diagram")
    diagram.focus()
    for key in ("ArrowRight", "ArrowDown", "Enter"):
        diagram.press(key)
    expect(page.locator(".neuron-card")).to_be_visible()
    page.locator("button.train").focus()
    page.keyboard.press("Escape")
    expect(page.locator(".neuron-card")).to_have_count(0)
