"""Instant: the network follows the slider, and what one ends with is the network of the last value."""

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
    cells.press("Enter")
    expect(window).to_have_count(0)
    document = experiment_of(page)
    assert document["optimizer"]["lr"] == pytest.approx(1e-4 * 10 ** (4 / 23), rel=1e-3)
