"""Phones, projectors, dark rooms, screen readers, magnified pages, two languages."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import OpenPage, TakeScreenshot
from tests.browser.playground import button, ready, shared, small, train, until_status
from tests.browser.server import Server

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
MAGNIFIED = {"width": 320, "height": 256}  # 1280 × 1024 at 400 %
AXE = Path("node_modules/axe-core/axe.min.js").absolute()
GRAVE = ("serious", "critical")


def test_on_a_phone_data_network_output_and_curves_stand_in_one_column(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    page = ready(open_page(shared(small()), viewport=PHONE, has_touch=True, is_mobile=True))
    panels = [page.get_by_role("region", name=name, exact=True) for name in ("Data", "Network", "Output")]
    tops: list[float] = []
    for panel in [*panels, page.locator("#curves")]:
        expect(panel).to_be_visible()
        box = panel.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= PHONE["width"]
        tops.append(box["y"])
    assert tops == sorted(set(tops))
    expect_no_sideways_scrolling(page)
    train_button = button(page, "Train").bounding_box()
    assert train_button
    assert train_button["y"] > PHONE["height"] * 0.75  # playback is fixed at the bottom, under the thumb
    assert train_button["height"] >= 44
    screenshot(page, "opened")
    train(page)
    until_status(page, "Done")
    speeds = page.locator(".playback .segment").last.bounding_box()
    assert speeds
    assert speeds["x"] + speeds["width"] <= PHONE["width"]  # beside the longest of the words, "Train again"
    screenshot(page, "trained", full_page=True)


def test_magnified_to_400_percent_everything_reflows_into_one_column(
    open_page: OpenPage, server: Server, screenshot: TakeScreenshot
) -> None:
    page = ready(open_page(shared(small()), viewport=MAGNIFIED))
    expect_no_sideways_scrolling(page)
    screenshot(page, "playground", full_page=True)
    server.post("/runs", {"experiment": small(3), "name": "Magnified"})
    page.goto(server.address + "/runs")
    expect(page.locator("li.run").first).to_be_visible()
    expect_no_sideways_scrolling(page)
    screenshot(page, "runs", full_page=True)


def expect_no_sideways_scrolling(page: Page) -> None:
    assert page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_axe_finds_nothing_serious(open_page: OpenPage, server: Server, screenshot: TakeScreenshot) -> None:
    page = ready(open_page(shared(small(10))))
    assert grave_findings(page) == []
    train(page)
    until_status(page, "Done")
    diagram = page.get_by_role("application", name="Network diagram")
    diagram.focus()
    for key in ("ArrowRight", "ArrowDown", "Enter"):
        diagram.press(key)
    page.locator(".neuron-card").wait_for()
    assert grave_findings(page) == []
    screenshot(page, "playground")
    page.goto(server.address + "/runs")
    page.locator("li.run").first.wait_for()
    page.locator("li.run").first.get_by_role("checkbox").check(force=True)
    page.get_by_role("region", name="Comparison").locator("canvas").first.wait_for()
    assert grave_findings(page) == []
    screenshot(page, "runs")


def grave_findings(page: Page) -> list[str]:
    """What axe calls serious or critical in a light room, and of colours in a dark one, with the elements."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(AXE.read_text())
    found: list[dict[str, Any]] = []
    for scheme, rules in (("dark", ["color-contrast"]), ("light", [])):
        page.emulate_media(color_scheme=scheme)
        options = {"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})}
        found += page.evaluate("async (options) => (await axe.run(options)).violations", options)
    return [
        f"{one['id']} ({one['impact']}): {one['help']}: {node['target']} {node['html'][:160]}"
        for one in found
        if one["impact"] in GRAVE
        for node in one["nodes"]
    ]


def test_the_whole_page_is_chinese_for_who_reads_chinese(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    page = open_page(shared(small()), locale="zh-CN")
    expect(button(page, "训练")).to_be_enabled()
    button(page, "训练").click()
    expect(page.locator(".status-word")).to_have_text("已完成", timeout=60_000)
    screenshot(page)
    english = re.compile(r"[A-Za-z]{4,}")
    known = re.compile(
        "Trainyard|English|A journey|Delete|Space|Linear|Tanh|tanh|Dropout|Softmax|Adam|AdamW|RMSprop|Adagrad|NAdam|SGD"
    )
    texts = page.evaluate(
        """() => { const seen = []; const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
             while (walk.nextNode()) { const one = walk.currentNode;
               if (one.parentElement.checkVisibility() && !one.parentElement.closest('script, style, noscript'))
                 seen.push(one.textContent.trim()); }
             return seen.filter(Boolean); }"""
    )
    assert [text for text in texts if english.search(known.sub("", text))] == []
    button(page, "English").click()
    expect(button(page, "Train again")).to_be_visible()


def test_large_and_dark_are_remembered(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    page = ready(open_page(shared(small())))
    button(page, "Dark colours").click()
    button(page, "More of the page").click()
    button(page, "Large, for a projector").click()
    page.keyboard.press("Escape")
    page.reload()
    ready(page)
    root = page.locator("html")
    expect(root).to_have_attribute("data-theme", "dark")
    expect(root).to_have_attribute("data-size", "large")
    screenshot(page)


def test_from_an_edit_on_the_page_comes_as_the_modules_that_stand_there(open_page: OpenPage) -> None:
    page = ready(open_page(shared(small())))
    page.route("**/", as_modules)
    page.reload()
    ready(page)
    files = page.evaluate("performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)")
    assert {"/static/js/network/diagram.js", "/static/css/network.css"} <= set(files)
    assert not any("/bundle/" in path for path in files)
    expect(page.locator(".car-card")).to_have_count(3)


def as_modules(route: Route) -> None:
    """Answers with the page as the server sends it when the bundle is of other sources than those that stand there."""
    answer = route.fetch()
    text = re.sub('<link rel="modulepreload".*', "", answer.text())
    route.fulfill(response=answer, body=re.sub(r"/static/\w{12}/(bundle/)?", "/static/", text))


def test_what_is_fetched_when_it_is_first_drawn_is_drawn_everywhere(open_page: OpenPage) -> None:
    page = ready(open_page())
    drawn = page.evaluate(
        """async () => {
          const { lazy } = await import("/static/js/ui/lazy.js");
          const { h, render } = await import("preact");
          const places = [0, 1].map(() => document.createElement("div"));
          let come = () => {};
          const module = new Promise((resolve) => (come = resolve));
          const Late = lazy(() => module);
          const later = () => new Promise((resolve) => setTimeout(resolve, 300));
          render(h(Late), places[0]);
          await later();
          render(h(Late), places[1]);  // the module comes behind its drawing, but before its effects
          const before = places.map((place) => place.textContent);
          come(() => h("i", null, "here"));
          await later();
          return [before, places.map((place) => place.textContent)];
        }"""
    )
    assert drawn == [["", ""], ["here", "here"]]
