"""What is seen and heard of sequences."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, TakeScreenshot
from tests.browser.playground import Document, open_more_data, ready, shared, small, train, until_status
from tests.browser.server import until

SOUNDS_PLAYED = """() => {
window.played = [];
const start = AudioBufferSourceNode.prototype.start;
AudioBufferSourceNode.prototype.start = function (...given) {
  window.played.push(this.buffer.getChannelData(0).reduce((most, one) => Math.max(most, one), 0));
  return start.apply(this, given);
};
}"""


def sequences(dataset: Document, *layers: Document, **changes: Any) -> Document:
    """A small network that reads sequences."""
    return small(3, dataset=dataset, networks={"main": {"layers": list(layers)}}, **changes)


def trained(page: Page) -> Page:
    train(ready(page))
    until_status(page, "Done")
    return page


def test_sounds_are_played_from_the_numbers_that_the_network_reads(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    vowels = sequences(
        {"kind": "vowels", "samples": 200},
        {"kind": "gru", "units": 8, "gives": "last"},
        loss={"kind": "cross_entropy"},
    )
    page = trained(open_page(shared(vowels)))
    page.evaluate(SOUNDS_PLAYED)
    open_more_data(page)
    page.get_by_text("All samples").click()
    expect(page.locator(".strip-classes .series-strip.bands").first).to_be_visible()
    page.get_by_role("button", name="Hear it").first.click()
    until(lambda: page.evaluate("window.played.length") == 1)
    page.keyboard.press("Escape")
    page.locator(".picture-answers .picture-answer").first.click()
    until(lambda: page.evaluate("window.played.length") == 2)
    assert page.evaluate("Math.min(...window.played)") > 0.2
    expect(page.get_by_text(re.compile("Choose a sample to hear it")).first).to_be_visible()
    screenshot(page)


def test_labels_are_shown_right_and_wrong_at_every_place(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    counting = sequences(
        {"kind": "counting", "most": 8},
        {"kind": "embedding", "width": 4},
        {"kind": "lstm", "units": 6},
        task={"kind": "tagging"},
        loss={"kind": "cross_entropy"},
        training={"batch_size": 4, "epochs": 3},
    )
    page = trained(open_page(shared(counting)))
    blocks = page.locator(".tag-block")
    expect(blocks).to_have_count(2)
    expect(blocks.first).to_contain_text(re.compile(r"\d of 4 right at every place"))
    expect(blocks.last).to_contain_text(re.compile(r"\d of 2 right at every place"))
    blocks.first.locator("canvas").hover(position={"x": 4, "y": 40})
    expect(blocks.first).to_contain_text("Place 1, a: ")
    open_more_data(page)
    page.get_by_text("All samples").click()
    expect(page.locator(".token-rows .token").first).to_have_attribute("title", "a or b")
    screenshot(page)


def test_one_cursor_serves_text_states_gates_and_gradients(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    reviews = sequences(
        {"kind": "reviews", "samples": 100},
        {"kind": "embedding", "width": 4},
        {"kind": "lstm", "units": 6, "gives": "last"},
    )
    page = trained(open_page(shared(reviews), viewport={"width": 1366, "height": 1500}))
    maps = page.locator(".gate-map .state-picture canvas")
    expect(maps).to_have_count(6)  # three gates, the candidate, the cell, the gradient
    page.locator(".state-map .state-picture canvas").hover(position={"x": 3, "y": 3})
    expect(page.locator(".state-picture .cursor")).to_have_count(7)
    expect(page.get_by_text("The text has the colours of unit 1.")).to_be_visible()
    assert page.locator(".state-tokens span").first.get_attribute("style")
    expect(page.locator(".conveyor")).to_contain_text("time step 1.")
    expect(page.get_by_text(re.compile("Time step 1: ∂L/∂h"))).to_be_visible()
    maps.nth(1).hover(position={"x": 60, "y": 20})
    expect(page.locator(".conveyor")).not_to_contain_text("time step 1.")
    screenshot(page)
