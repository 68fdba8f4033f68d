"""The settings that everybody turns are always in sight, and say which of them starts the run again."""

import pytest
from playwright.sync_api import Page, expect

from app.experiment.presets import PRESETS
from tests.browser.conftest import OpenPage, TakeScreenshot
from tests.browser.playground import (
    button,
    endless,
    experiment_of,
    open_more_settings,
    ready,
    shared,
    small,
    train,
    type_number,
    until_status,
)

pytestmark = pytest.mark.browser
ISLANDS = next(preset for preset in PRESETS if preset.name == "eight-islands").experiment
USUAL = ["/optimizer/lr", "/training/batch_size", "/optimizer", "/networks", "/training/regularization"]


def places(page: Page) -> list[str]:
    return page.locator(".setting").evaluate_all("all => all.map(one => one.dataset.place)")


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1440, 900), (1920, 1080)])
def test_every_setting_of_the_bar_is_whole_in_sight(
    open_page: OpenPage, screenshot: TakeScreenshot, width: int, height: int
) -> None:
    for document in (small(), ISLANDS):
        page = ready(open_page(shared(document), viewport={"width": width, "height": height}))
        bar = page.locator("#training")
        assert bar.evaluate("bar => bar.scrollWidth - bar.clientWidth") == 0
        for control in bar.locator(".setting, button").all():
            expect(control).to_be_in_viewport(ratio=1)
        screenshot(page, document["task"]["kind"])


def test_what_is_marked_starts_the_run_again_and_the_rest_does_not(open_page: OpenPage) -> None:
    page = ready(open_page(shared(endless())))
    assert places(page) == USUAL
    marked = page.locator(".setting:has(.setting-again)")
    expect(marked).to_have_count(2)
    assert marked.evaluate_all("all => all.map(one => one.dataset.place)") == ["/optimizer", "/networks"]
    train(page)
    type_number(page, "Learning rate", 0.002)
    type_number(page, "Batch size", 20)
    page.locator("[data-place='/training/regularization'] button").click()
    card = page.get_by_role("dialog", name="Regularisation")
    expect(card.get_by_role("slider")).to_have_count(5)  # laid out as in any card, not as in the bar
    card.get_by_role("textbox", name="L2, typed").fill("0.001")
    page.keyboard.press("Escape")
    expect(page.locator("[data-place='/training/regularization']")).to_contain_text("L2 0.001")
    until_status(page, "Training")
    page.get_by_label("Activation", exact=True).select_option("ReLU")
    assert [layer["kind"] for layer in experiment_of(page)["networks"]["main"]["layers"]] == ["linear", "relu"]
    expect(page.get_by_text("The run is paused, because this change makes another experiment.").first).to_be_visible()
    button(page, "Undo").first.click()
    until_status(page, "Paused")


def test_all_other_settings_are_one_click_away(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    page = ready(open_page(shared(small(optimizer={"kind": "sgd"}))))
    card = open_more_settings(page)
    for label in ("Momentum μ", "Schedule", "Loss", "Epochs"):
        expect(card.get_by_text(label, exact=True)).to_be_visible()
    for label in ("Learning rate", "Batch size", "Optimizer"):
        expect(card.get_by_text(label, exact=True)).to_have_count(0)
    screenshot(page)


def test_networks_that_move_by_themselves_have_their_optimizers_at_their_tracks(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    page = ready(open_page(shared(ISLANDS)))
    assert places(page) == [
        "/training/batch_size",
        "/loss",
        "/task/latent",
        "/task/discriminator_steps",
        "/networks",
    ]
    chip = page.locator("[data-network='generator'] .track-chip")
    expect(chip).to_have_text("Adam 0.002 ▾")
    chip.click()
    page.get_by_role("switch", name="Its own optimizer").check()
    type_number(page, "Learning rate", 0.0005)
    page.keyboard.press("Escape")
    expect(chip).to_contain_text("5·10⁻⁴")
    expect(page.locator("[data-network='discriminator'] .track-chip")).to_have_text("Adam 0.002 ▾")
    screenshot(page)


def test_on_a_phone_the_bar_scrolls_sideways(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    phone = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
    page = ready(open_page(shared(small()), **phone))
    expect(page.locator(".setting").first).to_be_in_viewport()
    last = page.locator(".setting").last
    expect(last).not_to_be_in_viewport()
    page.locator("#training").evaluate("bar => bar.scrollTo(1000, 0)")
    expect(last).to_be_in_viewport()
    for control in page.locator("#training :is(.setting, button):visible").all():
        assert control.evaluate("one => one.offsetHeight") >= 44
    screenshot(page)
