"""The experiments to start from: each with its question, and a picture of its data and its networks."""

import pytest
from playwright.sync_api import expect

from app.experiment.presets import PRESETS
from tests.browser.conftest import OpenPage, TakeScreenshot
from tests.browser.playground import ready

pytestmark = pytest.mark.browser


def test_each_experiment_has_a_picture_of_its_data_and_of_its_networks(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    page = ready(open_page("/"))
    page.get_by_role("button", name="Experiments").click()
    cards = page.locator("dialog .gallery-card:not(.gallery-own)")
    expect(cards).to_have_count(len(PRESETS))
    expect(cards.locator("canvas.thumbnail")).to_have_count(len(PRESETS))
    spirals = cards.filter(has_text="Two spirals").first
    expect(spirals.locator(".gallery-trains i")).to_have_count(3)  # two hidden layers and the output
    islands = cards.filter(has_text="Eight islands")
    expect(islands.locator(".gallery-trains > span")).to_have_count(2)  # generator and discriminator
    widths = spirals.locator(".gallery-trains i").evaluate_all("all => all.map((one) => one.offsetWidth)")
    assert min(widths) >= 8
    screenshot(page)
