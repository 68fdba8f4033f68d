"""The one line of prose: the question, what is seen, the verdict; with one button, its reasons, and a step's phases."""

import pytest
from playwright.sync_api import Page, expect

from app.experiment.presets.two_spirals import TWO_SPIRALS
from tests.browser.conftest import OpenPage, TakeScreenshot
from tests.browser.playground import (
    PATIENCE,
    button,
    experiment_of,
    open_why,
    ready,
    shared,
    small,
    train,
    until_status,
)

pytestmark = pytest.mark.browser


def top_of_the_network(page: Page) -> float:
    return page.locator("#network").evaluate("one => one.getBoundingClientRect().top")


def test_the_line_asks_before_training_judges_after_it_and_offers_one_thing_to_try(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    page = ready(open_page("/"))
    line = page.locator("#line")
    expect(line.locator("b")).to_have_text(TWO_SPIRALS.question)
    expect(line.get_by_role("button")).to_have_count(1)  # "Why" alone: there is nothing to do yet but train
    train(page)
    expect(line).to_have_attribute("data-what", "learned", timeout=PATIENCE)
    until_status(page, "Done")
    why = open_why(page)
    for told in (TWO_SPIRALS.question, TWO_SPIRALS.try_this, "CPU-seconds"):
        expect(why).to_contain_text(told)
    screenshot(page)
    page.keyboard.press("Escape")
    line.get_by_role("button", name="Try this").click()
    assert experiment_of(page)["networks"]["main"]["layers"][0]["units"] == 2
    expect(line).to_have_text(f"{TWO_SPIRALS.try_this}Why")


def test_the_phases_of_a_step_stand_in_the_line_with_their_numbers_and_cover_nothing(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    page = ready(open_page(shared(small())))
    before = top_of_the_network(page)
    button(page, "Train one batch (key .)").click()
    line = page.locator("#line")
    expect(line).to_contain_text("Step 1", timeout=PATIENCE)
    assert top_of_the_network(page) == before
    pressed = line.locator("[aria-pressed=true]")
    for phase, told in (("1 Forward", "predictions"), ("2 Loss 0.", "how wrong"), ("3 Backward", "gradient")):
        expect(pressed).to_contain_text(phase)
        expect(line.locator(".phase-told")).to_contain_text(told)
        if phase == "3 Backward":
            screenshot(page)
        button(page, "Next phase").click()
    expect(pressed).to_contain_text("→")
    button(page, "Next phase").click()
    expect(line.locator(".phase")).to_have_count(0)
    button(page, "Train one batch (key .)").click()
    expect(line).to_contain_text("Step 2", timeout=PATIENCE)
    button(page, "End").click()
    expect(line.locator(".phase")).to_have_count(0)
