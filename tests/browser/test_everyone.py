"""Phones, projectors, dark rooms, screen readers, magnified pages, two languages."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import OpenPage, TakeScreenshot
from tests.browser.playground import PATIENCE, button, open_more_data, ready, shared, small, train, until_status
from tests.browser.server import Server

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
MAGNIFIED = {"width": 320, "height": 256}  # 1280 × 1024 at 400 %
AXE = Path("node_modules/axe-core/axe.min.js").absolute()
GRAVE = ("serious", "critical")


def test_on_a_phone_network_data_output_and_curves_stand_in_one_column(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    page = ready(open_page(shared(small()), viewport=PHONE, has_touch=True, is_mobile=True))
    panels = [page.get_by_role("region", name=name, exact=True) for name in ("Network", "Data", "Output")]
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
    speeds = page.get_by_label("Speed").bounding_box()
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


def test_magnified_bars_leave_most_of_the_window_to_the_page(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    page = ready(open_page(shared(small()), viewport=MAGNIFIED))
    train(page)
    until_status(page, "Done")
    screenshot(page)
    bars = sum(
        page.locator(name).evaluate("(bar) => bar.getBoundingClientRect().height") for name in (".band", ".dock")
    )
    assert bars < MAGNIFIED["height"] * 0.45
    expect(button(page, "Train again")).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/runs", "/docs"])
def test_wide_letters_stay_within_a_narrow_window(open_page: OpenPage, server: Server, path: str) -> None:
    server.post("/runs", {"experiment": small(3), "name": "A run with a name of several words"})
    page = open_page(path, viewport={"width": 320, "height": 640})
    page.locator({"/": ".car-card.output", "/runs": "li.run", "/docs": "summary"}[path]).first.wait_for()
    page.evaluate(WIDE_LETTERS)
    expect_no_sideways_scrolling(page)
    assert page.evaluate(CUT_OFF, "li.run, li.run *, .docs main *" if path != "/" else ".bar *") == []


WIDE_LETTERS = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
                         word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
  for (const one of document.querySelectorAll('details')) one.open = true;
}"""
CUT_OFF = """(which) => [...document.querySelectorAll(which)].filter((one) => one.checkVisibility()
  && one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((one) => one.outerHTML.slice(0, 90))"""


def test_targets_are_large_tracks_are_seen_and_the_page_has_a_heading(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    page = ready(open_page(shared(small()), forced_colors="active"))
    assert page.get_by_role("heading", level=1).all_inner_texts() == ["Trainyard"]
    page.evaluate("() => { for (const one of document.querySelectorAll('details')) one.open = true; }")
    assert page.evaluate(SMALL_TARGETS) == []
    screenshot(page)
    with Image.open(BytesIO(page.locator(".range").first.screenshot())) as slider:
        track, around = (slider.getpixel((int(slider.width * 0.8), int(slider.height * part))) for part in (0.5, 0.1))
    assert track != around
    open_more_data(page)
    wrong_labels = page.get_by_role("textbox", name="Wrong labels, typed")
    expect(page.locator(".typed", has=wrong_labels)).to_contain_text("%")
    wrong_labels.fill("12.5")
    assert page.evaluate("trainyard.experiment.value.dataset.label_noise") == 0.125
    expect(page.get_by_role("slider", name="Wrong labels", exact=True)).to_have_attribute("aria-valuetext", "12.5 %")


SMALL_TARGETS = """() => [...document.querySelectorAll('button, a[href], input, select, summary')]
  .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
  .map((one) => one.closest('label') ?? one)
  .filter((one) => {
    const { width, height } = one.getBoundingClientRect();
    return width > 1 && Math.min(width, height) < 24;
  })
  .map((one) => one.outerHTML.slice(0, 120))"""


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
    schemes: list[tuple[Literal["dark", "light"], list[str]]] = [("dark", ["color-contrast"]), ("light", [])]
    for scheme, rules in schemes:
        page.emulate_media(color_scheme=scheme)
        options = {"resultTypes": ["violations"], **({"runOnly": rules} if rules else {})}
        found += page.evaluate("async (options) => (await axe.run(options)).violations", options)
    return [
        f"{finding['id']} ({finding['impact']}): {finding['help']}: {node['target']} {node['html'][:160]}"
        for finding in found
        if finding["impact"] in GRAVE
        for node in finding["nodes"]
    ]


def test_the_whole_page_is_chinese_for_who_reads_chinese(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    page = open_page(shared(small()), locale="zh-CN")
    expect(button(page, "训练")).to_be_enabled()
    button(page, "训练").click()
    expect(page.locator(".status-word")).to_have_text("已完成", timeout=PATIENCE)
    screenshot(page)
    english = re.compile(r"[A-Za-z]{4,}")
    known = re.compile(
        "Trainyard|English|A journey|Delete|Space|Linear|Tanh|tanh|Dropout|Softmax|Adam|AdamW|RMSprop|Adagrad|NAdam|"
        "SGD|Mackey|Glass|Python"
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
