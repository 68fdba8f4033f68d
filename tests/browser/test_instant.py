"""Instant: the network follows the slider, and what one ends with is the network of the last value.

One file, though long: its journeys share the windows of many networks.
"""

import re
import struct
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from app.runs.frames import Quantised, decode
from tests.browser.conftest import Complaints, OpenPage, TakeScreenshot
from tests.browser.playground import PATIENCE, Document, button, experiment_of, open_why, ready, shared, small, train
from tests.browser.server import Server

pytestmark = pytest.mark.browser
SPIRAL = small(
    300,
    dataset={"kind": "spiral", "samples": 200},
    networks={"main": {"layers": [{"kind": "linear", "units": 8}, {"kind": "tanh"}]}},
)


def until_answered(page: Page) -> None:
    """Waits until what stands on the page is of the document on the page."""
    page.wait_for_function(
        "() => document.querySelector('.at-once')?.dataset.waiting === 'false' && trainyard.atOnce.value",
        timeout=PATIENCE,
    )


def surface_of(server: Server, document: Document) -> bytes:
    """The picture that the API gives of a document, trained at once."""
    asked = {"experiment": document, "probes": ["surface"]}
    answer = httpx.post(f"{server.address}/api/instant/frames", json=asked, timeout=30, trust_env=False).content
    (length,) = struct.unpack_from("<I", answer)
    picture = decode(answer[8 + length :]).arrays["output"]
    assert isinstance(picture, Quantised)
    return picture.codes.tobytes()


def test_a_slider_dragged_twenty_times_ends_with_the_picture_of_its_last_value(
    open_page: OpenPage, server: Server, screenshot: TakeScreenshot
) -> None:
    page = ready(open_page(shared(SPIRAL)))
    button(page, "Instant").click()
    until_answered(page)
    expect(page.locator(".at-once")).to_contain_text("Trained in")
    first = page.evaluate("trainyard.atOnce.value.told.metrics.train_loss")
    slider = page.get_by_role("slider", name="Learning rate", exact=True)
    slider.focus()
    for _ in range(20):
        slider.press("ArrowRight")
    until_answered(page)

    document = experiment_of(page)
    assert document["optimizer"]["lr"] > 0.01
    assert page.evaluate("trainyard.atOnce.value.told.metrics.train_loss") != first
    shown = bytes(page.evaluate("Array.from(trainyard.frames.surface.value.arrays.output.data)"))
    assert shown == surface_of(server, document)
    assert page.evaluate("trainyard.moment.value.step") == 300 * 12
    expect(page.get_by_role("img", name="Loss by Epoch")).to_be_visible()
    screenshot(page)
    button(page, "中文").click()
    expect(page.locator(".at-once")).to_contain_text("训练用时")
    screenshot(page, "zh")


def test_train_leaves_instant_and_makes_a_run(open_page: OpenPage) -> None:
    page = ready(open_page(shared(small())))
    button(page, "Instant").click()
    until_answered(page)
    assert page.evaluate("new URLSearchParams(location.search).get('run')") is None
    train(page)
    expect(button(page, "Instant")).to_have_attribute("aria-pressed", "false")


def test_what_takes_too_long_is_told_in_a_sentence(open_page: OpenPage, complaints: Complaints) -> None:
    complaints.forgive("status of 422")
    layers = [{"kind": "linear", "units": 4}, {"kind": "dropout"}]
    page = ready(open_page(shared(small(1_000_000, networks={"main": {"layers": layers}}))))
    button(page, "Instant").click()
    expect(page.locator(".at-once .trouble")).to_contain_text("too long to wait for", timeout=PATIENCE)


def until_all_have_come(page: Page) -> None:
    expect(page.locator(".many-progress")).to_have_attribute("data-going", "false", timeout=PATIENCE)


def test_many_seeds_show_how_far_results_lie_apart_and_the_worst_is_opened(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    page = ready(open_page(shared(SPIRAL | {"training": {"batch_size": 10, "epochs": 60}})))
    open_why(page)
    button(page, "Was it luck?").click()
    until_all_have_come(page)
    window = page.get_by_role("dialog", name="Was it luck?")
    expect(window).to_contain_text("64 of 64 networks")
    expect(window).to_contain_text("half of the networks between")
    expect(window.get_by_role("img", name="Mean answer")).to_be_visible()
    with page.expect_download() as download:
        button(page, "Download as CSV").click()
    table = Path(download.value.path()).read_text()
    assert table.startswith("/seed,reason,train_loss")
    assert table.count("\n") == 65
    screenshot(page)
    window.get_by_role("button", name="Open it").last.click()
    expect(window).to_have_count(0)
    assert experiment_of(page)["seed"] in range(1, 64)


def test_an_atlas_is_mapped_and_a_place_of_it_opened(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    page = ready(open_page(shared(SPIRAL | {"training": {"batch_size": 10, "epochs": 20}})))
    open_why(page)
    button(page, "Atlas").click()
    until_all_have_come(page)
    window = page.get_by_role("dialog", name="Atlas")
    expect(window).to_contain_text("456 of 456 networks")  # some batch sizes are equal when they are rounded
    cells = window.get_by_role("application")
    cells.focus()
    for key in ("ArrowRight", "ArrowUp", "ArrowUp"):
        cells.press(key)
    expect(window.get_by_role("status").last).to_contain_text("Learning rate")
    expect(window.get_by_role("img", name="What it answers")).to_have_attribute(
        "data-drawn", re.compile('"/optimizer/lr":0.00014'), timeout=PATIENCE
    )
    screenshot(page)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    screenshot(page, "dark")
    button(page, "Open the best one's test value").click()
    expect(window.locator(".atlas-tested")).to_contain_text("Test loss", timeout=PATIENCE)
    cells.focus()
    cells.press("Enter")
    expect(window).to_have_count(0)
    document = experiment_of(page)
    assert document["optimizer"]["lr"] == pytest.approx(1e-4 * 10 ** (4 / 23), rel=1e-3)


def test_an_atlas_that_is_kept_is_there_after_the_page_was_left(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    page = ready(open_page(shared(SPIRAL | {"training": {"batch_size": 10, "epochs": 20}})))
    open_why(page)
    button(page, "Atlas").click()
    window = page.get_by_role("dialog", name="Atlas")
    window.get_by_role("combobox", name="Across").select_option("/seed")
    until_all_have_come(page)
    button(page, "Keep here").click()
    expect(window.locator(".many-progress")).to_contain_text("Kept below")
    before = page.evaluate("document.querySelector('.atlas-map canvas').toDataURL()")

    address = page.url.split("#")[0]
    page.goto("about:blank")
    page.goto(address)
    ready(page)
    open_why(page)
    button(page, "Atlas").click()
    kept = window.locator(".many-kept li")
    expect(kept).to_have_count(1)
    kept.get_by_role("button").first.click()
    expect(window.get_by_role("combobox", name="Across")).to_have_value("/seed")
    expect(window.locator(".many-progress")).to_contain_text("Kept below")
    assert page.evaluate("document.querySelector('.atlas-map canvas').toDataURL()") == before
    assert experiment_of(page)["dataset"]["kind"] == "spiral"
    screenshot(page)
    kept.get_by_role("button", name="Remove").click()
    expect(kept).to_have_count(0)


def until_drawn(page: Page, *settings: str) -> None:
    """Waits until the answer of the network with these settings is drawn."""
    drawn = re.compile(".*".join(map(re.escape, settings)))
    picture = page.get_by_role("img", name="What it answers")
    expect(picture).to_have_attribute("data-drawn", drawn, timeout=PATIENCE)


def picture_of(page: Page) -> str:
    return page.evaluate("document.querySelector('.atlas-place canvas').toDataURL()")


def setting_values(page: Page) -> tuple[float, float]:
    document = experiment_of(page)
    return document["optimizer"]["lr"], document["dataset"]["noise"]


def test_the_dot_of_an_atlas_is_dragged_by_mouse_finger_and_keys_and_the_boundary_follows(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    spiral = {"kind": "spiral", "samples": 200, "noise": 0.1}
    page = ready(open_page(shared(SPIRAL | {"training": {"batch_size": 10, "epochs": 20}, "dataset": spiral})))
    open_why(page)
    button(page, "Atlas").click()
    until_all_have_come(page)
    window = page.get_by_role("dialog", name="Atlas")
    dot = window.get_by_role("slider", name="The experiment on the page")
    box, cells = dot.bounding_box(), window.locator(".atlas-cells").bounding_box()
    assert box
    assert cells
    lr, noise = [1e-4 * 10 ** (4 * i / 23) for i in range(24)], [0.5 * j / 23 for j in range(24)]

    def screen(i: int, j: int) -> tuple[float, float]:
        return cells["x"] + cells["width"] * (i + 0.5) / 24, cells["y"] + cells["height"] * (23.5 - j) / 24

    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    for i, j in ((12, 6), (14, 8), (18, 10)):
        page.mouse.move(*screen(i, j))
        assert setting_values(page) == (pytest.approx(lr[i], rel=1e-4), pytest.approx(noise[j], rel=1e-4))
        until_drawn(page, f"{lr[i]:.4g}"[:5], f"{noise[j]:.4g}"[:5])  # while the button is still down
    page.mouse.up()
    learned = picture_of(page)
    page.mouse.move(*screen(2, 2))  # without the button nothing is dragged
    assert setting_values(page) == (pytest.approx(lr[18], rel=1e-4), pytest.approx(noise[10], rel=1e-4))

    dot.focus()
    for key in ("ArrowLeft", "ArrowLeft", "ArrowDown"):
        dot.press(key)
    assert setting_values(page) == (pytest.approx(lr[16], rel=1e-4), pytest.approx(noise[9], rel=1e-4))
    until_drawn(page, f"{lr[16]:.4g}"[:5], f"{noise[9]:.4g}"[:5])
    assert picture_of(page) != learned
    expect(dot).to_have_attribute("aria-valuetext", re.compile("Learning rate .* · Noise"))

    session = page.context.new_cdp_session(page)
    held = dot.bounding_box()
    assert held
    at = (held["x"] + held["width"] / 2, held["y"] + held["height"] / 2)
    for kind, places in (("touchStart", [at]), ("touchMove", [screen(3, 20)]), ("touchEnd", [])):
        points = [{"x": x, "y": y} for x, y in places]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    assert setting_values(page) == (pytest.approx(lr[3], rel=1e-4), pytest.approx(noise[20], rel=1e-4))
    until_drawn(page, f"{lr[3]:.4g}"[:5], f"{noise[20]:.4g}"[:5])
    screenshot(page)


def test_an_atlas_shows_how_soon_each_came_to_a_target(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    page = ready(open_page(shared(small(20))))
    open_why(page)
    button(page, "Atlas").click()
    until_all_have_come(page)
    window = page.get_by_role("dialog", name="Atlas")
    window.get_by_label("Shown").select_option(label="Epochs to target")
    expect(window).to_contain_text("needed few epochs until the mean training loss of an epoch was at most 0.1;")
    window.get_by_role("button", name=re.compile("^Best: ")).click()
    expect(window.locator(".atlas-place")).to_contain_text("Target reached in epoch 1.")
    cells = window.get_by_role("application")
    cells.focus()
    for key in ("ArrowLeft", "ArrowDown") * 24:
        cells.press(key)
    expect(window.locator(".atlas-place")).to_contain_text("Target not reached.")
    screenshot(page)
    field = window.get_by_label("Target: training loss")
    field.fill("0.5")
    field.press("Enter")
    expect(window).to_contain_text("of an epoch was at most 0.5;")
    until_all_have_come(page)
    expect(window).to_contain_text("456 of 456 networks")
