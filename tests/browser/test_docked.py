"""What is said of a layer, a neuron or a channel stands over the result, and covers nothing of the network."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage, TakeScreenshot
from tests.browser.playground import ready, shared, small
from tests.browser.server import until

pytestmark = pytest.mark.browser
WINDOWS = ((1366, 768), (1920, 1080))
DIGITS = small(
    dataset={"kind": "digits"},
    loss={"kind": "cross_entropy"},
    networks={
        "main": {"layers": [{"kind": "conv2d", "filters": 4}, {"kind": "relu"}, {"kind": "flatten"}]},
    },
)


def stands_over_the_result(page: Page, card: Locator) -> None:
    """Whether a card is whole, inside the window, and beside the network."""
    expect(card).to_be_visible()
    box, network = card.bounding_box(), page.locator("#network").bounding_box()
    assert box
    assert network
    assert box["x"] >= network["x"] + network["width"] - 1
    assert box["x"] + box["width"] <= page.evaluate("innerWidth") + 1
    assert box["y"] + box["height"] <= page.evaluate("innerHeight") + 1
    assert card.evaluate("one => one.scrollWidth <= one.clientWidth + 1")


@pytest.mark.parametrize(("width", "height"), WINDOWS)
@pytest.mark.parametrize("document", [small(), DIGITS], ids=["neuron", "channel"])
def test_card_of_a_neuron_or_channel_covers_no_network(
    open_page: OpenPage, screenshot: TakeScreenshot, document: dict[str, Any], width: int, height: int
) -> None:
    page = ready(open_page(shared(document), viewport={"width": width, "height": height}))
    page.locator(".neuron[id*='-1-']").first.click()
    card = page.locator(".neuron-card")
    stands_over_the_result(page, card)
    screenshot(page, f"{width}-{'digits' if document is DIGITS else 'small'}")
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)


def test_a_layers_form_and_a_neurons_card_take_turns(open_page: OpenPage) -> None:
    page = ready(open_page(shared(small())))
    form = page.get_by_role("dialog", name="Settings of the layer")
    page.get_by_role("button", name=re.compile("^Linear 4")).click()
    stands_over_the_result(page, form)
    page.locator(".neuron[id*='-1-']").first.click()
    stands_over_the_result(page, page.locator(".neuron-card"))
    expect(form).to_have_count(0)
    page.get_by_role("button", name=re.compile("^Linear 4")).click()
    expect(form).to_be_visible()
    expect(page.locator(".neuron-card")).to_have_count(0)
    page.locator(".neuron[id*='-1-']").first.click()
    expect(page.locator(".neuron.opened")).to_have_count(1)
    page.locator(".network [data-place='/networks/main/layers/2']").click()
    page.get_by_role("option", name=re.compile("^Linear")).first.click()
    expect(form).to_be_visible()  # that of the new layer
    expect(page.locator(".neuron.opened, .units.dim")).to_have_count(0)


def drawn(page: Page, before: int) -> int:
    """How much is drawn of the wires that arrive at a column."""
    return page.evaluate(
        """(to) => {
          const wires = document.querySelector(".network-wires");
          const copy = new OffscreenCanvas(wires.width, wires.height).getContext("2d", {willReadFrequently: true});
          copy.drawImage(wires, 0, 0);
          const cards = [...document.querySelectorAll(".car-card")].map((one) => one.getBoundingClientRect());
          const left = wires.getBoundingClientRect().left;
          const [x1, x2] = [cards[to - 1].right - left, cards[to].left - left].map((x) => x * devicePixelRatio);
          const pixels = copy.getImageData(x1, 0, x2 - x1, wires.height).data;
          return pixels.filter((_, at) => at % 4 === 3).reduce((sum, alpha) => sum + alpha, 0);
        }""",
        before,
    )


def test_the_wires_of_the_selected_layer_alone_are_in_full(open_page: OpenPage) -> None:
    page = ready(open_page(shared(small(networks={"main": {"layers": [{"kind": "linear", "units": 4}] * 2}}))))
    page.wait_for_function("() => trainyard.pictures.value.weights")  # the wires are those of the first weights
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    others, own = drawn(page, 1), drawn(page, 2)
    page.get_by_role("button", name=re.compile("^Linear 4")).nth(1).click()
    until(lambda: drawn(page, 1) < others * 0.5, "the others to step back", 10)
    assert drawn(page, 2) == pytest.approx(own, rel=0.02)


def test_no_card_opens_by_itself(open_page: OpenPage) -> None:
    page = ready(open_page(shared(small())))
    page.locator(".neuron[id*='-1-']").first.click()
    expect(page.locator(".neuron-card")).to_be_visible()
    page.get_by_role("button", name="Experiments").click()
    page.get_by_role("button", name="Small, right, too big").first.click()
    expect(page.locator(".neuron-card")).to_have_count(0)
