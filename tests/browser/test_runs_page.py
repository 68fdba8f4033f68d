"""Runs are found, named, compared and deleted."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, TakeScreenshot
from tests.browser.playground import small, until_status
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
    expect(differing.filter(has_text=re.compile("Adam.*SGD", re.DOTALL))).to_have_count(1)
    expect(differing.filter(has_text="Batch size")).to_have_count(0)
    screenshot(page)


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
    until(lambda: all(one["id"] != run for one in server.get("/runs")["runs"]), "the run to be gone")
