"""Runs are found, named, compared and deleted."""

import csv
import re
from io import BytesIO, StringIO
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage, TakeScreenshot
from tests.browser.playground import Document, button, small, until_status
from tests.browser.server import Server, until

pytestmark = pytest.mark.browser


def test_two_runs_are_compared_by_curve_and_by_the_settings_that_differ(
    open_page: OpenPage, server: Server, screenshot: TakeScreenshot
) -> None:
    for kind in ("adam", "sgd"):
        asked = {"experiment": small(optimizer={"kind": kind, "lr": 0.02}), "name": f"With {kind}", "tags": ["compare"]}
        run = server.post("/runs", asked)["id"]
        until(lambda run=run: server.get(f"/runs/{run}")["status"] == "done", "the end of the run")
    page = open_page("/runs")
    page.get_by_role("searchbox", name="Search").fill("With")
    for kind in ("adam", "sgd"):
        row = page.locator("li.run", has_text=f"With {kind}")
        row.get_by_role("checkbox").check(force=True)
    compare = page.get_by_role("region", name="Comparison")
    expect(compare.locator("canvas").first).to_be_visible()
    differing = compare.get_by_role("region", name="Settings that differ").get_by_role("row")
    expect(differing.filter(has_text=re.compile("optimizer.*Adam.*SGD", re.DOTALL))).to_have_count(1)
    expect(differing.filter(has_text="Batch size")).to_have_count(0)
    screenshot(page)


def compared(page: Page, server: Server, name: str, documents: list[Document]) -> Locator:
    """Trains these, and chooses them all on the page of runs."""
    for document in documents:
        run = server.post("/runs", {"experiment": document, "name": name})["id"]
        until(lambda run=run: server.get(f"/runs/{run}")["status"] == "done", "the end of the run")
    page.goto(f"{server.address}/runs")
    page.get_by_role("searchbox").fill(name)
    expect(page.locator("li.run")).to_have_count(len(documents))
    for box in reversed(page.locator("li.run").get_by_role("checkbox").all()):
        box.check(force=True)
    region = page.locator(".compare")
    expect(region.locator("canvas").first).to_be_visible()
    return region


def exported(page: Page, name: str) -> bytes:
    """What the menu of the chart gives."""
    page.locator(".compare").get_by_role("button", name="Export").click()
    with page.expect_download() as saved:
        button(page, name).click()
    return Path(saved.value.path()).read_bytes()


def test_compared_runs_are_called_by_what_differs_and_each_has_its_colour(
    open_page: OpenPage, server: Server, screenshot: TakeScreenshot
) -> None:
    page = open_page("/runs")
    kinds = [small(optimizer={"kind": "adam", "lr": 0.02}), small(optimizer={"kind": "sgd", "lr": 0.1})]
    compare = compared(page, server, "By kind", kinds)
    key = compare.locator(".compare-runs li")
    expect(key.locator("b")).to_have_text(["Adam", "SGD"])
    colours = [line.evaluate("(line) => getComputedStyle(line).color") for line in key.locator("> svg").all()]
    rows = [page.locator("li.run").nth(place) for place in (1, 0)]  # newest first
    assert len(set(colours)) == 2
    assert [row.evaluate("(row) => getComputedStyle(row).borderLeftColor") for row in rows] == colours
    screenshot(page, full_page=True)
    rates = [small(optimizer={"kind": "adam", "lr": rate}) for rate in (0.1, 0.01, 0.001)]
    compare = compared(page, server, "By rate", rates)
    expect(compare.locator(".compare-runs li b")).to_have_text(["lr 0.1", "lr 0.01", "lr 0.001"])
    expect(compare.get_by_role("row")).to_have_count(2)  # the head, and the one setting that differs
    second = key.nth(1).locator("> svg").evaluate("(line) => getComputedStyle(line).color")
    button(page, "Leave out “lr 0.1”").click()
    expect(key).to_have_count(2)
    assert key.nth(0).locator("> svg").evaluate("(line) => getComputedStyle(line).color") == second


def test_a_comparison_is_taken_away_as_a_sharp_picture_and_as_numbers(open_page: OpenPage, server: Server) -> None:
    page = open_page("/runs", accept_downloads=True)
    compare = compared(page, server, "Taken", [small(optimizer={"kind": kind, "lr": 0.05}) for kind in ("adam", "sgd")])

    width = compare.locator(".chart").evaluate("(chart) => Math.round(chart.getBoundingClientRect().width)")
    assert Image.open(BytesIO(exported(page, "Picture (PNG)"))).width == 2 * width
    drawing = exported(page, "Drawing (SVG)").decode()
    assert ">Adam</text>" in drawing
    assert ">SGD</text>" in drawing
    curves = list(csv.reader(StringIO(exported(page, "These curves (CSV)").decode())))
    assert curves[0] == ["Epoch", "Validation loss: Adam", "Validation loss: SGD"]
    run = page.locator("li.run").first.get_attribute("data-run") or ""
    evaluated = [event for event in server.events(run) if event["type"] == "evaluated"]
    assert [float(row[0]) for row in curves[1:]] == [event["epoch"] for event in evaluated]
    assert [float(row[2]) for row in curves[1:]] == pytest.approx(
        [event["metrics"]["validation_loss"] for event in evaluated], rel=1e-5
    )
    with page.expect_download() as saved:
        button(page, "Table (CSV)").click()
    settings = list(csv.reader(StringIO(Path(saved.value.path()).read_text("utf-8"))))
    assert settings[0] == ["Setting", "Taken", "Taken"]
    assert ["Optimizer", "Adam", "SGD"] in [[title.capitalize(), *values] for title, *values in settings]


def test_axes_become_logarithmic_by_one_press(open_page: OpenPage, server: Server) -> None:
    page = open_page("/runs")
    compare = compared(page, server, "Scales", [small(), small(seed=1)])
    expect(compare.locator(".compare-runs li b")).to_have_text(["Seed 0", "Seed 1"])

    def axes() -> tuple[list[str], bool]:
        """The numbers under the chart, and whether those beside it stand at equal distances."""
        drawn = exported(page, "Drawing (SVG)").decode()
        lines = [float(y) for y in re.findall(r'd="M64 ([\d.]+)h', drawn)]
        steps = [first - second for first, second in pairwise(lines)]
        return re.findall(r'"middle">([\d.]+)<', drawn), max(steps) - min(steps) < 0.3

    assert axes() == (["0", "10", "20", "30"], True)
    for name in ("log y", "log x"):
        scale = compare.get_by_role("button", name=name, exact=True)
        expect(scale).to_have_attribute("aria-pressed", "false")
        scale.click()
        expect(scale).to_have_attribute("aria-pressed", "true")
        numbers, even = axes()
        assert not even
        assert ("20" in numbers) == (name == "log y")  # powers of ten have no 20
    assert "10" in numbers


def test_in_chinese_no_kind_shows_by_its_name_in_the_document(
    open_page: OpenPage, server: Server, screenshot: TakeScreenshot
) -> None:
    network = {"layers": [{"kind": "linear", "units": 6}, {"kind": "relu"}], "initializer": {"kind": "xavier_normal"}}
    stepped = small(schedule={"kind": "cosine"}, optimizer={"kind": "sgd", "lr": 0.1})
    for document in (small(networks={"main": network}), stepped):
        run = server.post("/runs", {"experiment": document, "name": "比一比"})["id"]
        until(lambda run=run: server.get(f"/runs/{run}")["status"] == "done", "the end of the run")
    page = open_page("/runs", locale="zh-CN")
    page.get_by_role("searchbox", name="搜索").fill("比一比")
    expect(page.locator("li.run")).to_have_count(2)
    for box in page.locator("li.run").get_by_role("checkbox").all():
        box.check(force=True)
    told = page.get_by_role("region", name="不同的设置")
    expect(told).to_contain_text("Xavier 正态")
    screenshot(page)
    kinds = re.compile(
        r"gaussians|linear|relu\b|adam\b|sgd\b|cosine|constant|xavier_|default|kind|from_run|initializer"
    )
    assert kinds.findall(told.inner_text()) == []
    assert kinds.findall(page.locator("li.run").first.inner_text()) == []


def test_a_run_is_found_renamed_tagged_reopened_and_deleted(
    open_page: OpenPage, server: Server, screenshot: TakeScreenshot
) -> None:
    run = server.post("/runs", {"experiment": small(5), "name": "Old name"})["id"]
    page = open_page("/runs")
    row = page.locator(f"li.run[data-run={run}]")
    row.get_by_role("button", name="Rename").click()
    page.get_by_role("textbox", name="Name").fill("新名字")
    page.keyboard.press("Enter")
    row.get_by_role("button", name="+ tag").click()
    page.get_by_role("textbox", name="Tags, with commas between them").fill("class 7b，第一")
    page.keyboard.press("Enter")
    until(lambda: server.get(f"/runs/{run}")["tags"] == ["class 7b", "第一"], "the tags")
    assert server.get(f"/runs/{run}")["name"] == "新名字"
    page.get_by_role("searchbox", name="Search").fill("新名")
    expect(page.locator("li.run")).to_have_count(1)
    screenshot(page)
    row.get_by_role("link", name="新名字").click()
    until_status(page, "Done")
    page.go_back()
    row.get_by_role("button", name="Delete “新名字”").click()
    page.get_by_role("button", name="Take back").click()
    expect(row).to_be_visible()
    row.get_by_role("button", name="Delete “新名字”").click()
    page.goto(server.address)  # what is to be deleted is deleted, though the page is left
    until(lambda: all(listed["id"] != run for listed in server.get("/runs")["runs"]), "the run to be gone")
