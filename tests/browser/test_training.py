"""A student trains a network, looks inside it, breaks it, and repairs it."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import OpenPage, TakeScreenshot
from tests.browser.playground import (
    PATIENCE,
    button,
    endless,
    ready,
    run_id,
    shared,
    small,
    step,
    train,
    type_number,
    until_accuracy,
    until_status,
    until_step,
)
from tests.browser.server import Server, until

pytestmark = pytest.mark.browser


def test_a_first_visit_leads_to_a_trained_curve_by_one_click_and_to_chinese_by_another(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    page = ready(open_page("/"))
    screenshot(page, "opened")
    train(page)
    until_accuracy(page, 90)
    expect(page.get_by_role("img", name="Loss by Epoch")).to_be_visible()
    screenshot(page, "trained")
    button(page, "中文").click()
    page.locator("#line > .button.quiet").click()
    expect(page.get_by_text("网络怎样用直线拼出曲线？")).to_be_visible()
    expect(page.get_by_text("How does a network make a curve out of straight lines?")).to_have_count(0)


def test_one_batch_is_stepped_and_its_phases_are_named(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    page = ready(open_page(shared(endless())))
    page.keyboard.press(".")
    phases = page.get_by_role("status", name="What this step did")
    for phase in ("Forward", "Loss", "Backward", "Update"):
        expect(phases.get_by_role("button", name=phase)).to_be_visible()
    expect(phases).to_contain_text(re.compile(r"^Step 1.*4 Update [\d.]+ → [\d.]+"))
    until_status(page, "Paused")
    expect(page.locator(".spoken-only[role=status] p").last).to_have_text("Paused")  # seconds after "Starting"
    assert step(page) == 1
    screenshot(page)
    page.keyboard.press(">")
    until(lambda: step(page) > 1 and page.locator(".status-word").inner_text() == "Paused", "an epoch of steps")


def test_a_weight_is_set_and_the_log_keeps_it(open_page: OpenPage, server: Server, screenshot: TakeScreenshot) -> None:
    page = ready(open_page(shared(endless())))
    page.keyboard.press(".")
    until_status(page, "Paused")
    diagram = page.get_by_role("application", name="Network diagram")
    diagram.focus()
    for key in ("ArrowRight", "ArrowDown", "Enter"):
        diagram.press(key)
    card = page.get_by_role("region", name="Neuron 1 of Linear 4")
    expect(card).to_be_visible()
    expect_whole_rows(card)
    # The picture of the step comes behind its number; what is read before it would be the weight of the step before.
    page.wait_for_function("() => trainyard.run.value.frames.weights.value?.step === 1", timeout=PATIENCE)
    weight = card.get_by_role("slider").first
    before = float(weight.get_attribute("aria-valuenow") or "nan")
    weight.press("Shift+ArrowRight")
    run = run_id(page)
    command = setting_of(server, run)
    assert command["weight"] == {"path": "/networks/main/layers/0/weight", "index": [0, 0]}
    assert command["value"] == pytest.approx(before + 1, abs=1e-4)
    until(
        lambda: float(weight.get_attribute("aria-valuenow") or "nan") == pytest.approx(command["value"]), "its picture"
    )
    screenshot(page)


def expect_whole_rows(card: Locator) -> None:
    """No name of the sum is cut off, and nothing lies over its neighbour."""
    cells = card.locator(".terms tr > *").evaluate_all(
        """(all) => all.map((cell) => [cell.scrollWidth - cell.clientWidth, cell.nextElementSibling ?
             cell.nextElementSibling.getBoundingClientRect().left - cell.getBoundingClientRect().right : 0])"""
    )
    assert len(cells) == 11  # two inputs of four cells each, and a bias
    assert all(too_wide <= 0 and gap > -1 for too_wide, gap in cells), cells


def setting_of(server: Server, run: str) -> dict[str, Any]:
    """The command that sets something, once the log has it; no other may have come with it."""
    seen: list[dict[str, Any]] = []
    found: list[dict[str, Any]] = []

    def told() -> bool:
        fresh = server.events(run, after=seen[-1]["seq"] if seen else 0)
        seen.extend(fresh)
        commands = [event["command"] for event in fresh if event["type"] == "command_applied"]
        found.extend(command for command in commands if command["kind"] == "set")
        return bool(found)

    until(told, "the command in the log")
    [command] = found
    return command


def test_a_learning_rate_of_ten_breaks_it_and_one_click_repairs_it(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    page = ready(open_page("/"))
    type_number(page, "Learning rate", 10)
    train(page)
    repair = page.locator(".finding.warning").get_by_role("button", name="Set the learning rate to 0.03")
    expect(repair).to_be_visible(timeout=PATIENCE)
    screenshot(page, "broken")
    broken = run_id(page)
    repair.click()
    page.wait_for_function(
        "(before) => new URLSearchParams(location.search).get('run') !== before", arg=broken, timeout=PATIENCE
    )
    until_accuracy(page, 90)
    screenshot(page, "repaired")


def test_a_run_is_paused_and_goes_on(open_page: OpenPage) -> None:
    page = ready(open_page(shared(endless())))
    train(page)
    page.locator("body").press("Space")
    until_status(page, "Paused")
    rested = step(page)
    button(page, "Go on").click()
    until_step(page, rested + 100)


def test_a_live_change_does_not_stop_the_run_and_help_says_what_cannot_be_changed(
    open_page: OpenPage, server: Server
) -> None:
    page = ready(open_page(shared(endless())))
    later = page.get_by_text("A change here takes effect in the next run.")
    points = button(page, "What is “Points”?")
    points.click()
    expect(page.get_by_role("heading", name="Points")).to_be_visible()
    expect(later).to_have_count(0)
    page.keyboard.press("Escape")

    run = train(page)
    type_number(page, "Learning rate", 0.002)
    assert setting_of(server, run) == {"kind": "set", "path": "/optimizer/lr", "value": 0.002}
    until_status(page, "Training")
    button(page, "What is “Learning rate”?").click()
    expect(page.get_by_role("heading", name="Learning rate")).to_be_visible()
    expect(later).to_have_count(0)
    page.keyboard.press("Escape")
    points.click()
    expect(later).to_be_visible()


def test_what_each_neuron_answers_is_painted_before_training_and_anew_while_it_trains(open_page: OpenPage) -> None:
    page = ready(open_page(shared(endless())))
    neuron = "document.querySelector('.neuron canvas[data-column=\"1\"]')"
    page.wait_for_function(f"() => {neuron}.dataset.kind === 'map'", timeout=PATIENCE)
    before = page.evaluate(f"{neuron}.toDataURL()")
    train(page)
    until_step(page, 50)
    page.wait_for_function(f"(before) => {neuron}.toDataURL() !== before", arg=before, timeout=PATIENCE)


def test_a_finished_run_says_so_and_can_be_looked_back_at(open_page: OpenPage) -> None:
    page = ready(open_page(shared(small(epochs=10))))
    train(page)
    until_status(page, "Done")
    back = page.get_by_role("slider", name="Look back")
    back.press("Home")
    expect(page.get_by_text("step 0 of")).to_be_visible()
    expect(page.locator(".playback-counts")).to_contain_text("step 0")
