"""Deep networks: all of it in one strip, as much as wanted in view, and what comes out of it always in sight."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.experiment.presets.preset import Document
from tests.browser.conftest import OpenPage, TakeScreenshot
from tests.browser.playground import button, ready, shared, small

pytestmark = pytest.mark.browser
LAPTOP: dict[str, Any] = {"viewport": {"width": 1366, "height": 768}}
TANH = {"kind": "tanh"}


def stage(units: int) -> list[dict[str, Any]]:
    """A layer of so many units, and four blocks of two that keep them."""
    layer = {"kind": "linear", "units": units}
    return [layer, TANH] + 4 * [{"kind": "residual", "layers": [layer, TANH, layer]}, TANH]


SEVENTY = [layer for units in (8, 16, 12) for layer in stage(units)]  # with those inside the blocks, and the head


def deep(layers: list[dict[str, Any]]) -> Document:
    """A network of these layers that tells four classes apart."""
    return small(
        dataset={"kind": "blobs", "classes": 4, "samples": 200},
        loss={"kind": "cross_entropy"},
        networks={"main": {"layers": layers}},
    )


EIGHT = deep(8 * [{"kind": "linear", "units": 8}, TANH])


def scrolled(page: Page) -> tuple[float, float]:
    """How far the network is scrolled, and how far it can be."""
    return tuple(page.locator(".network-scroll").evaluate("one => [one.scrollLeft, one.scrollWidth - one.clientWidth]"))


def in_sight(page: Page, selector: str) -> bool:
    """Whether all of the last such thing lies within the window of the network."""
    return page.evaluate(
        """(selector) => {
          const view = document.querySelector(".network-scroll").getBoundingClientRect();
          const box = [...document.querySelectorAll(selector)].at(-1).getBoundingClientRect();
          return box.left >= view.left - 1 && box.right <= view.right + 1;
        }""",
        selector,
    )


def test_seventy_layers_are_seen_at_once_and_one_press_unfolds_them(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    page = ready(open_page(shared(deep(SEVENTY)), **LAPTOP))
    strip = page.get_by_role("scrollbar", name="The whole network")
    expect(strip.locator("i")).to_have_count(2 + 3 * (1 + 2 * 4))
    expect(button(page, "Fit to view")).to_have_attribute("aria-pressed", "true")
    assert scrolled(page)[1] <= 1
    expect(page.locator(".route-view")).to_have_count(0)
    screenshot(page, "fit")
    button(page, "Fit to view").click()
    expect(page.locator(".route-view")).to_have_count(1)
    assert scrolled(page)[1] > 300
    assert in_sight(page, ".car-card.output")
    screenshot(page, "unfolded")


def test_a_press_on_the_strip_goes_there_and_the_output_stays_in_sight_with_its_classes(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    page = ready(open_page(shared(EIGHT), **LAPTOP))
    strip = page.get_by_role("scrollbar", name="The whole network")
    expect(page.locator(".route-view")).to_be_visible()
    names = page.locator(".neuron-name.answer")
    expect(names).to_have_count(4)
    assert scrolled(page)[0] == 0
    assert in_sight(page, ".car-card.output")
    assert in_sight(page, ".neuron-name.answer")
    screenshot(page, "beginning")
    box = strip.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] * 0.6, box["y"] + box["height"] / 2)
    page.wait_for_function("() => document.querySelector('.network-scroll').scrollLeft > 0")
    assert in_sight(page, ".car-card[data-column='5']")
    assert in_sight(page, ".car-card.output")
    strip.press("End")
    page.wait_for_function(
        "() => { const one = document.querySelector('.network-scroll');"
        " return one.scrollLeft + one.clientWidth >= one.scrollWidth - 1; }"
    )
    expect(page.locator(".network-track.pinned")).to_have_count(0)  # it stands where it belongs
    strip.press("Home")
    page.wait_for_function("() => document.querySelector('.network-scroll').scrollLeft === 0")


def test_a_pinned_output_opens_its_own_neuron(open_page: OpenPage) -> None:
    page = ready(open_page(shared(EIGHT), **LAPTOP))
    expect(page.locator(".network-track.pinned")).to_have_count(1)
    page.locator(".units.output .neuron").nth(2).click()
    expect(page.locator(".neuron-card h3")).to_have_text("Neuron 3 of Output")


def test_another_experiment_is_looked_at_from_its_beginning(open_page: OpenPage) -> None:
    page = ready(open_page(shared(EIGHT), **LAPTOP))
    page.locator(".network-scroll").evaluate("one => one.scrollTo({left: 400})")
    page.get_by_role("button", name="Experiments").click()
    page.get_by_role("button", name="Small, right, too big").first.click()
    expect(page.locator(".name-field")).not_to_have_value("A journey")
    page.wait_for_function("() => document.querySelector('.network-scroll').scrollLeft === 0")


def test_a_network_that_fits_has_no_strip(open_page: OpenPage) -> None:
    page = ready(open_page(shared(small()), **LAPTOP))
    expect(page.locator(".route")).to_have_count(0)
    expect(page.locator(".neuron-name.answer")).to_have_count(1)  # of two classes the second
