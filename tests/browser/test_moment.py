"""Every panel shows one moment of one run: now, a step in the past, or none where the document is another."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, TakeScreenshot
from tests.browser.playground import (
    button,
    endless,
    ready,
    run_id,
    shared,
    small,
    step,
    train,
    type_number,
    until_status,
)
from tests.browser.server import Server, until

pytestmark = pytest.mark.browser


def tile(page: Page, title: str) -> str:
    """The number of a tile, as it is written."""
    return page.locator(".metric", has_text=title).locator("b").inner_text()


def test_looking_back_moves_tiles_header_chart_and_pictures_together(
    open_page: OpenPage, server: Server, screenshot: TakeScreenshot
) -> None:
    page = ready(open_page(shared(small(40, dataset={"kind": "moons", "samples": 200, "noise": 0.3}))))
    train(page)
    until_status(page, "Done")
    end = step(page)
    events = server.events(run_id(page))
    evaluated = {event["step"]: event for event in events if event["type"] == "evaluated"}
    kept = [event["step"] for event in events if event["type"] == "frame_kept"]
    expect(page.locator(".metrics-when")).to_have_text("Measured at epoch 40")
    expect(page.locator(".chart-readout")).to_be_empty()
    back = page.get_by_role("slider", name="Look back")
    back.press("Home")
    until(lambda: step(page) == 0, "the first moment")
    for at in kept[1:4]:
        back.press("ArrowRight")
        until(lambda at=at: step(page) == at, "the next moment")
        nearest = min(evaluated, key=lambda moment: (abs(moment - at), moment))
        metrics = evaluated[nearest]["metrics"]
        assert tile(page, "Validation loss") == f"{metrics['validation_loss']:.3g}"
        assert page.evaluate("trainyard.moment.value.evaluation.step") == nearest
        # uPlot stands in for the eye: the upright is where the moment's epoch is
        expect(page.locator(".chart-readout")).to_contain_text(re.compile(r"^Epoch "))
        shown = page.evaluate("Object.values(trainyard.frames).flatMap(({value}) => (value ? [value.step] : []))")
        assert set(shown) == {at}
    expect(page.locator(".playback-status")).to_contain_text("now at epoch 40")
    screenshot(page)
    button(page, "To now").click()
    until(lambda: step(page) == end, "now")
    expect(page.locator(".metrics-when")).to_have_text("Measured at epoch 40")
    expect(page.locator(".chart-readout")).to_be_empty()


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080)])
def test_looking_back_on_a_projector_covers_and_cuts_nothing(open_page: OpenPage, width: int, height: int) -> None:
    page = ready(open_page(shared(small(10)), viewport={"width": width, "height": height}))
    page.get_by_role("button", name="More of the page").click()
    page.get_by_role("button", name="Large, for a projector").click()
    page.keyboard.press("Escape")
    train(page)
    until_status(page, "Done")
    page.get_by_role("slider", name="Look back").press("Home")
    until(lambda: step(page) == 0, "the first moment")
    for element in (button(page, "Fork from here"), button(page, "To now"), page.locator("#network .pill")):
        expect(element).to_be_in_viewport(ratio=1)
    heading = page.locator("#network .network-summary span").evaluate_all(
        """(all) => {
          const line = all[0].parentElement.getBoundingClientRect();
          const seen = all.map((one) => one.getBoundingClientRect()).filter((one) => one.top < line.bottom - 2);
          return Math.max(...seen.map((one) => one.right));
        }"""
    )
    assert heading <= page.locator("#network .pill").evaluate("one => one.getBoundingClientRect().left")


def test_what_belongs_to_the_document_before_is_faint_and_named_or_gone(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    page = ready(open_page(shared(small(10))))
    train(page)
    until_status(page, "Done")
    button(page, "Compare with simpler methods").click()
    own = page.get_by_role("row", name=re.compile("^this network"))
    expect(own).to_contain_text("%")
    type_number(page, "Points", 150)
    expect(page.get_by_text("These curves belong to the experiment before your change.")).to_be_visible()
    expect(page.get_by_text("Not trained yet.")).to_be_visible()
    expect(page.get_by_role("slider", name="Look back")).to_have_count(0)
    expect(own).to_contain_text("–")
    assert float(page.locator(".strip-curves .chart").evaluate("one => getComputedStyle(one).opacity")) < 0.5
    screenshot(page)
    button(page, "Undo").first.click()
    expect(page.get_by_role("slider", name="Look back")).to_be_visible()
    expect(own).to_contain_text("%")


def test_tiles_follow_a_weight_that_was_set_by_hand(open_page: OpenPage, server: Server) -> None:
    page = ready(open_page(shared(endless())))
    page.keyboard.press(".")
    until_status(page, "Paused")
    run = run_id(page)
    weight = {"path": "/networks/main/layers/0/weight", "index": [0, 0]}
    server.post(f"/runs/{run}/commands", {"kind": "set", "weight": weight, "value": 40})

    def measured() -> float | None:
        told = [event for event in server.events(run) if event["type"] == "evaluated"]
        return told[-1]["metrics"]["validation_loss"] if told[-1]["step"] == 1 else None

    until(lambda: measured() is not None, "what was measured after it")
    until(lambda: page.evaluate("trainyard.moment.value.evaluation.metrics.validation_loss") == measured(), "the tiles")
