"""On a phone, and magnified to 200 %, result and curve stay in sight: one sees what one trains, wherever one is."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, TakeScreenshot
from tests.browser.playground import PATIENCE, button, endless, ready, shared, small, until_step

pytestmark = pytest.mark.browser
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
MAGNIFIED: dict[str, Any] = {"viewport": {"width": 720, "height": 450}}  # 1440 x 900 at 200 %
SPIRAL = {"kind": "spiral", "samples": 200}
ORDER = ["band", "line", "network", "data", "output", "curves", "training"]


def order(page: Page) -> list[str]:
    """The parts of the page as they follow one another in the document."""
    return page.locator(".band, #line, #network, #data, #output, #curves, #training").evaluate_all(
        "all => all.map(one => one.id || one.className)"
    )


@pytest.mark.parametrize("window", [PHONE, MAGNIFIED], ids=["phone", "magnified"])
def test_train_moves_what_is_in_sight_wherever_one_has_scrolled(
    open_page: OpenPage, screenshot: TakeScreenshot, window: dict[str, Any]
) -> None:
    page = ready(open_page(shared(endless(dataset=SPIRAL)), **window))
    band = page.locator(".band")
    expect(band.locator(".plane canvas")).to_be_visible()
    assert order(page) == ORDER
    screenshot(page, "opened")
    page.get_by_role("region", name="Data").scroll_into_view_if_needed()
    page.mouse.wheel(0, 400)
    button(page, "Train").click()
    until_step(page, 50)
    for element in (band.locator(".plane"), band.locator("svg"), band.locator("b").first, page.locator("button.train")):
        expect(element).to_be_in_viewport(ratio=1)
    first = band.locator("svg path").first.get_attribute("d")
    expect(band.locator("svg path").first).not_to_have_attribute("d", str(first), timeout=PATIENCE)
    assert order(page) == ORDER
    button(page, "Pause").click()
    screenshot(page, "trained")
    fixed = sum(page.locator(selector).evaluate("one => one.offsetHeight") for selector in (".band", ".dock"))
    assert fixed <= window["viewport"]["height"] * 0.32


def test_what_comes_out_is_in_sight_where_no_plane_shows_it(open_page: OpenPage) -> None:
    layers = [{"kind": "flatten"}, {"kind": "linear", "units": 8}, {"kind": "tanh"}]
    digits = small(3, dataset={"kind": "digits", "samples": 200}, networks={"main": {"layers": layers}})
    page = ready(open_page(shared(digits | {"loss": {"kind": "cross_entropy"}}), **PHONE))
    matrix = page.locator(".band .confusion")
    expect(matrix).to_be_in_viewport(ratio=0.95)
    before = matrix.inner_text()
    button(page, "Train").click()
    expect(matrix).not_to_have_text(before, timeout=PATIENCE)


def test_under_a_finger_every_target_is_large(open_page: OpenPage) -> None:
    page = ready(open_page(shared(small()), **PHONE))
    for target in page.locator(".dock :is(button, select, .number):visible, .radio-card:visible, #line button").all():
        assert target.evaluate("one => one.getBoundingClientRect().height") >= 43.9, target.inner_text()


def test_a_small_network_and_the_name_of_the_experiment_are_whole_on_a_phone(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    layers = [{"kind": "linear", "units": 8}, {"kind": "tanh"}] * 2
    page = ready(open_page(shared(small(networks={"main": {"layers": layers}}), "Two spirals"), **PHONE))
    page.locator(".units.output .neuron").scroll_into_view_if_needed()
    for selector in (".car-card.input", ".car-card.output", ".units.output .neuron-name", ".bar .name"):
        expect(page.locator(selector)).to_be_in_viewport(ratio=1)
    assert page.locator(".network-scroll").evaluate("one => one.scrollWidth <= one.clientWidth")
    assert page.locator(".name-field").evaluate("one => one.scrollWidth <= one.clientWidth")
    page.get_by_role("button", name="More of the page").click()
    expect(page.get_by_role("link", name="Runs")).to_be_visible()
    expect(page.get_by_role("button", name="Copy a link")).to_be_visible()
    screenshot(page)


def test_turned_to_a_wide_window_the_page_is_the_usual_one(open_page: OpenPage) -> None:
    page = ready(open_page(shared(small()), viewport={"width": 800, "height": 1200}))
    expect(page.locator(".dock #training")).to_be_visible()
    page.set_viewport_size({"width": 1366, "height": 768})
    expect(page.locator(".band, .dock")).to_have_count(0)
    assert order(page) == ["training", "line", "data", "network", "output", "curves"]
    expect(page.locator(".bar button.train")).to_be_visible()
