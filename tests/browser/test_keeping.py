"""Nothing is lost: a reload, a killed server, a link to a friend."""

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Complaints, OpenPage, TakeScreenshot
from tests.browser.playground import (
    PATIENCE,
    address,
    button,
    columns,
    endless,
    expect_no_point_missing,
    experiment_of,
    linked,
    ready,
    share,
    shared,
    small,
    step,
    train,
    type_number,
    until_status,
    until_step,
)
from tests.browser.server import Server, serving, until

pytestmark = pytest.mark.browser


def test_a_reload_in_mid_run_comes_back_live_with_no_point_missing(
    open_page: OpenPage, server: Server, screenshot: TakeScreenshot
) -> None:
    page = ready(open_page(shared(endless())))
    run = train(page)
    until_step(page, 300)
    before = step(page)
    page.reload()
    expect(button(page, "Pause")).to_be_visible(timeout=PATIENCE)
    until_step(page, before + 300)
    screenshot(page)
    server.post(f"/runs/{run}/commands", {"kind": "stop"})
    until_status(page, "Stopped")
    expect_no_point_missing(page, server, run)


def test_a_killed_and_restarted_server_loses_no_point_of_a_run_in_training(
    open_page: OpenPage, server: Server, complaints: Complaints, screenshot: TakeScreenshot
) -> None:
    complaints.forgive("ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|WebSocket connection")
    with serving(server.data, end_launcher=False) as mortal:
        page = ready(open_page(shared(endless()), address=mortal.address))
        run = train(page)
        until_step(page, 200)
        mortal.kill()
        expect(page.get_by_text("Connecting again")).to_be_visible(timeout=PATIENCE)
        screenshot(page, "while-it-is-gone")
        rested = step(page)
        mortal.start()
        expect(page.get_by_text("Connecting again")).to_have_count(0, timeout=PATIENCE)
        until_step(page, rested + 300)
        screenshot(page, "after")
        mortal.post(f"/runs/{run}/commands", {"kind": "stop"})
        until_status(page, "Stopped")
        expect_no_point_missing(page, mortal, run)
        assert [event["type"] for event in mortal.events(run)].count("started") == 1  # the training never noticed


def test_a_friend_who_opens_the_link_sees_the_same_experiment(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    page = ready(open_page(shared(small())))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    type_number(page, "Learning rate", 0.0123)
    button(page, "+ 7").click()
    page.get_by_role("checkbox", name="x₁²").check(force=True)
    name = page.get_by_role("textbox", name="Name of the experiment")
    name.fill("两条螺旋 · mine")
    expect(page.locator(".saved")).to_have_text("saved")  # so the page was drawn again while one typed
    name.press("Enter")
    share(page)
    link = page.evaluate("() => navigator.clipboard.readText()")
    friend = ready(open_page("/" + link[link.index("#") :]))
    expect(friend.get_by_role("textbox", name="Name of the experiment")).to_have_value("两条螺旋 · mine")
    assert experiment_of(friend) == experiment_of(page)
    assert experiment_of(friend)["optimizer"]["lr"] == 0.0123
    screenshot(friend)


def test_a_link_to_a_ready_experiment_asks_its_question(open_page: OpenPage) -> None:
    page = ready(open_page())
    expect(page.locator("#line")).to_have_attribute("data-what", "question")
    question = page.locator("#line > p").inner_text()
    type_number(page, "Learning rate", 0.0123)
    until(lambda: "preset=two-spirals" in address(page), "an address that names the ready experiment")
    friend = ready(open_page("/#" + address(page).partition("#")[2]))
    assert experiment_of(friend)["optimizer"]["lr"] == 0.0123
    expect(friend.locator("#line > p")).to_have_text(question)
    chinese = ready(open_page("/#" + address(page).partition("#")[2] + "&language=zh"))
    expect(chinese.locator("#line > p")).to_contain_text("网络怎样用直线拼出曲线？")


@pytest.mark.parametrize("version", [1, 2])
def test_a_link_of_old_trains_as_it_did_and_becomes_one_of_today(
    open_page: OpenPage, server: Server, version: int
) -> None:
    training = {"batch_size": 10, "epochs": 1_000_000}
    old = small() | {"version": version, "training": training}
    page = ready(open_page(shared(old)))
    today = old | {"version": 3, "training": training | {"stepper": "eager"}}
    until(lambda: "#e=" in address(page) and linked(page) == today, "an address of today")
    assert experiment_of(page) == today
    assert page.evaluate("history.length") == 2  # an empty page before it, as when it was opened
    expect(button(page, "Undo")).to_be_disabled()
    run = train(page)
    expect(button(page, "Pause")).to_be_visible()
    assert server.get(f"/runs/{run}")["experiment"]["training"]["stepper"] == "eager"


def test_a_run_begun_from_a_link_of_old_before_it_was_checked_is_its_run(open_page: OpenPage) -> None:
    page = open_page("/runs")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/api/experiments/check", hold)
    old = small() | {"version": 1, "training": {"batch_size": 10, "epochs": 1_000_000}}
    page.goto(address(page).removesuffix("/runs") + shared(old))
    button(page, "Train").click()
    page.wait_for_function("() => new URLSearchParams(location.search).has('run')", timeout=PATIENCE)
    assert experiment_of(page)["version"] == 1
    held.pop().continue_()
    until(lambda: experiment_of(page)["version"] == 3, "the document of today")
    until_step(page, 1)
    expect(button(page, "Pause")).to_be_visible()


def test_the_browsers_back_button_takes_an_edit_back(open_page: OpenPage) -> None:
    page = ready(open_page(shared(small())))
    before = address(page)
    type_number(page, "Learning rate", 0.5)
    until(lambda: address(page) != before, "the edit in the address")
    page.go_back()
    until(lambda: experiment_of(page)["optimizer"]["lr"] == 0.01, "the experiment as it was")


def test_the_curves_of_a_page_opened_late_are_those_of_the_log(open_page: OpenPage, server: Server) -> None:
    run = server.post("/runs", {"experiment": small(60)})["id"]
    until(lambda: server.get(f"/runs/{run}")["status"] == "done", "the end of the run")
    page = open_page(f"/?run={run}")
    until_status(page, "Done")
    expect_no_point_missing(page, server, run)
    assert columns(page)["step"][-1] == server.get(f"/runs/{run}")["step"]
