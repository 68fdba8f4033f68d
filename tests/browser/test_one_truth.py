"""What the page says of a run is true: while it waits, in a second tab, after Back, and when the line was away."""

import re
from collections.abc import Generator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Complaints, OpenPage, TakeScreenshot
from tests.browser.playground import (
    PATIENCE,
    button,
    endless,
    experiment_of,
    open_more_settings,
    ready,
    run_id,
    shared,
    small,
    train,
    type_number,
    until_status,
    until_step,
)
from tests.browser.server import Server, serving, until

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def narrow(tmp_path_factory: pytest.TempPathFactory) -> Generator[Server]:
    """A server on which two runs train at a time, whatever machine it is."""
    with serving(tmp_path_factory.mktemp("narrow"), runs_per_seat="2") as running:
        yield running


def status(server: Server, run: str) -> str:
    return server.get(f"/runs/{run}")["status"]


def test_a_run_that_waits_says_for_which_and_pausing_that_lets_it_in(
    open_page: OpenPage, narrow: Server, screenshot: TakeScreenshot
) -> None:
    occupant = narrow.post("/runs", {"experiment": endless()})["id"]
    path = shared(small(100_000), "The first")
    first = ready(open_page(path, address=narrow.address))
    began = train(first)
    until_step(first, 500)
    second = ready(open_page(shared(small(300_000), "The second"), address=narrow.address))
    button(second, "Train").click()
    why = second.get_by_role("status", name="Why this run waits")
    expect(why).to_contain_text("This run waits for The first.")
    expect(why.get_by_role("link", name="The first")).to_have_attribute("href", f"/?run={began}")
    expect(why).to_contain_text(re.compile(r"It takes about .* more\."))
    screenshot(second, "waits")
    why.get_by_role("button", name="Pause it").click()
    until_status(second, "Training")
    expect(why).to_have_count(0)
    until_status(first, "Paused")

    runs = open_page("/runs", address=narrow.address)
    runs.locator(f"li.run[data-run={began}]").get_by_role("button", name="Go on with “The first”").click()
    expect(runs.get_by_role("link", name="waits for “The second”")).to_be_visible()
    screenshot(runs, "runs")
    button(runs, "Stop “The second”").click()
    until_status(first, "Training")
    button(runs, "Pause “The first”").click()
    until_status(first, "Paused")
    button(runs, "Stop “The first”").click()
    until(lambda: status(narrow, began) == "stopped", "the end of the first")
    narrow.post(f"/runs/{occupant}/commands", {"kind": "stop"})


def test_two_tabs_train_at_once_and_training_anew_ends_that_tabs_earlier_run_only(
    open_page: OpenPage, narrow: Server, screenshot: TakeScreenshot
) -> None:
    first = ready(open_page(shared(endless(), "One"), address=narrow.address))
    first_run = train(first)
    second = ready(open_page(shared(endless(), "Two"), address=narrow.address))
    second_run = train(second)
    assert [status(narrow, run) for run in (first_run, second_run)] == ["running", "running"]

    second.get_by_role("link", name="Trainyard").click()  # the logo leaves nothing behind
    ready(second)
    assert run_id(second) == second_run
    open_more_settings(second)
    type_number(second, "Epochs", 777_777)
    second.keyboard.press("Escape")
    status_line = second.locator(".playback-status")
    expect(status_line).to_contain_text("Ready; the run before is paused")
    screenshot(second, "edited")
    button(second, "Train").click()
    second.wait_for_function("(old) => new URLSearchParams(location.search).get('run') !== old", arg=second_run)
    third_run = run_id(second)
    until_step(second, 1)
    expect(second.get_by_text("Your earlier run is being stopped.").first).to_be_visible()
    screenshot(second, "anew")
    button(second, "Keep it").click()
    until(lambda: status(narrow, second_run) in ("running", "queued"), "the kept run")

    open_more_settings(second)
    type_number(second, "Epochs", 888_888)
    second.keyboard.press("Escape")
    button(second, "Train").click()
    second.wait_for_function("(old) => new URLSearchParams(location.search).get('run') !== old", arg=third_run)
    until(lambda: status(narrow, third_run) == "paused", "the run before to make room")
    second.goto("about:blank")  # what is to be ended is ended, though the page is left
    until(lambda: status(narrow, third_run) == "stopped", "the end of the run before")
    assert status(narrow, first_run) == "running"


def test_unsaved_edits_survive_a_visit_to_the_runs_page(open_page: OpenPage, server: Server) -> None:
    page = ready(open_page("/"))
    question = page.get_by_text("How does a network make a curve out of straight lines?")
    expect(question).to_be_visible()
    type_number(page, "Learning rate", 0.0456)
    page.get_by_role("link", name="Runs", exact=True).click()
    page.locator("ol.runs").wait_for(state="attached")
    page.get_by_role("link", name="Trainyard").first.click()
    ready(page)
    assert experiment_of(page)["optimizer"]["lr"] == 0.0456
    expect(question).to_be_visible()
    page.get_by_role("link", name="Runs", exact=True).click()
    page.locator("ol.runs").wait_for(state="attached")
    page.go_back()
    ready(page)
    assert experiment_of(page)["optimizer"]["lr"] == 0.0456

    other = server.post("/runs", {"experiment": small(5), "name": "Another"})["id"]
    until(lambda: server.get(f"/runs/{other}")["status"] == "done", "the end of the run")  # it takes no edit then
    page.goto(f"{server.address}/?run={other}")
    ready(page)
    assert experiment_of(page)["optimizer"]["lr"] == 0.01
    page.keyboard.press("Control+z")
    until(lambda: experiment_of(page)["optimizer"]["lr"] == 0.0456, "the edits that were unsaved")


def test_a_second_tab_sees_what_the_first_sets_and_back_undo_and_reload_show_the_run_training(
    open_page: OpenPage, server: Server
) -> None:
    first = ready(open_page(shared(endless())))
    run = train(first)
    second = ready(open_page(f"/?run={run}"))
    until_status(second, "Training")
    type_number(first, "Learning rate", 0.5)
    expect(field(second)).to_have_value("0.5")
    until_status(second, "Training")

    type_number(second, "Learning rate", 0.25)
    expect(field(first)).to_have_value("0.25")
    until_status(first, "Training")
    second.reload()
    ready(second)
    expect(field(second)).to_have_value("0.25")
    until_status(second, "Training")
    first.reload()
    ready(first)
    expect(field(first)).to_have_value("0.25")
    until_status(first, "Training")

    type_number(first, "Learning rate", 0.125)
    until(lambda: rate(server, run) == 0.125, "the rate in the log")
    first.keyboard.press("Control+z")
    until(lambda: rate(server, run) == 0.25, "the rate as it was, in the log")
    until_status(first, "Training")
    expect(field(second)).to_have_value("0.25")


def field(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Learning rate, typed", exact=True)


def rate(server: Server, run: str) -> float:
    commands = [event["command"] for event in server.events(run) if event["type"] == "command_applied"]
    return [command["value"] for command in commands if command["kind"] == "set"][-1]


def test_pause_and_train_pressed_offline_happen_once_when_the_line_is_back(
    open_page: OpenPage, server: Server, complaints: Complaints, screenshot: TakeScreenshot
) -> None:
    complaints.forgive("ERR_INTERNET_DISCONNECTED|WebSocket connection")
    page = ready(open_page(shared(endless())))
    run = train(page)
    page.context.set_offline(True)
    button(page, "Pause").click()
    said = page.get_by_text("What you asked for is done once, as soon as it is back.").first
    expect(said).to_be_visible()
    screenshot(page)
    page.context.set_offline(False)
    until_status(page, "Paused")
    assert [event["type"] for event in server.events(run)].count("paused") == 1

    server.post(f"/runs/{run}/commands", {"kind": "stop"})
    until_status(page, "Stopped")
    before = len(server.get("/runs?limit=200")["runs"])
    page.context.set_offline(True)
    button(page, "Train again").click()
    expect(said).to_be_visible()
    page.context.set_offline(False)
    page.wait_for_function(
        "(old) => new URLSearchParams(location.search).get('run') !== old", arg=run, timeout=PATIENCE
    )
    until_step(page, 1)
    assert len(server.get("/runs?limit=200")["runs"]) == before + 1
