"""What is always in sight is whole, for every ready experiment and in every usual window; nothing covers anything."""

import itertools

import pytest
from playwright.sync_api import Page, expect

from app.experiment.presets import PRESETS
from app.experiment.presets.preset import Preset
from tests.browser.conftest import OpenPage, TakeScreenshot
from tests.browser.playground import ready, shared, small, train, until_step

pytestmark = pytest.mark.browser
WINDOWS = ((1366, 768), (1440, 900), (1920, 1080))
# What the page always shows, each inside its room; what opens on demand may scroll.
MEASURED = """() => {
  const troubles = [];
  const say = (what, by) => troubles.push(`${what}: ${Math.round(by)} px`);
  const box = (one) => one.getBoundingClientRect();
  const rooms = {
    ".bar": ".bar > *", "#training": "#training > *", "#line": "#line > *", "#data": "#data .panel-body > fieldset > *",
    "#network": ".network-head, .network-scroll", ".judged": ".judged > *", ".strip-curves": ".chart, .scrubber-track",
    "#output": "#output .plane, .output > :is(.line-view, .legend, .output-shown), .output > .field > .segments",
  };
  for (const [room, inner] of Object.entries(rooms)) {
    const own = document.querySelector(room);
    if (!own) continue;
    const outer = box(own);
    for (const one of document.querySelectorAll(inner)) {
      const { left, right, top, bottom, width } = box(one);
      if (!width || getComputedStyle(one).position === "fixed") continue;
      const out = Math.max(outer.left - left, right - outer.right, outer.top - top, bottom - outer.bottom);
      if (out > 1) say(`${room} cuts ${one.className || one.tagName}`, out);
    }
  }
  const titles = ".metric span, .radio-title, .car-face b span, .setting .label, .tabs .tab, .sealed b, .name-field";
  for (const one of document.querySelectorAll(titles)) {
    const cut = one.clientWidth && one.scrollWidth > one.clientWidth + 1;
    if (cut) say(`cut: ${one.value ?? one.textContent}`, one.scrollWidth);
  }
  for (const track of document.querySelectorAll(".network.several .network-scroll")) {
    const outer = box(track);
    for (const one of track.querySelectorAll(".car-card, .neuron, .whole, .neuron-some")) {
      const { top, bottom } = box(one);
      const out = Math.max(outer.top - top, bottom - outer.bottom);
      if (out > 1) say(`the track of ${track.parentElement.dataset.network} cuts ${one.className}`, out);
    }
  }
  const network = document.querySelector("#network .panel-body");
  if (network && network.scrollHeight > network.clientHeight + 1) say("the networks scroll", network.scrollHeight);
  const panels = [".bar", "#training", "#line", "#data", "#network", "#output", ".strip"];
  const boxes = panels.map((one) => document.querySelector(one)).filter(Boolean).map(box);
  boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b, j) => {
    const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (across > 1 && down > 1) say(`${panels[i]} covers ${panels[i + 1 + j]}`, down);
  }));
  const chart = document.querySelector(".chart");
  if (chart && box(chart).height < 100) say("the curve is low", box(chart).height);
  const whole = document.documentElement.scrollHeight;
  if (whole > innerHeight) say("the page scrolls", whole);
  return troubles;
}"""


def measure(page: Page, windows: tuple[tuple[int, int], ...] = WINDOWS) -> dict[str, list[str]]:
    """What is cut or covered, by the size of the window."""
    found: dict[str, list[str]] = {}
    for width, height in windows:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        if troubles := page.evaluate(MEASURED):
            found[f"{width} x {height}"] = troubles
    return found


def seen(page: Page) -> None:
    """Waits until the data and the network are drawn."""
    ready(page)
    expect(page.locator("#output .output > *").first).to_be_visible()
    expect(page.locator(".dataset-choice canvas").first).to_be_attached()
    expect(page.locator(".tabs .tab").first).to_be_visible()  # the curves come a moment later


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_nothing_is_cut_or_covered(open_page: OpenPage, preset: Preset) -> None:
    page = open_page(shared(preset.experiment, preset.title))
    seen(page)
    assert measure(page) == {}


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080)])
def test_large_for_a_projector_all_is_larger_and_nothing_overlaps(
    open_page: OpenPage, screenshot: TakeScreenshot, width: int, height: int
) -> None:
    page = open_page("/", viewport={"width": width, "height": height})
    seen(page)
    sizes = """() => [".metric b", ".car-face b", ".setting .label", "#line p", ".tabs .tab"].map(
        (one) => Number.parseFloat(getComputedStyle(document.querySelector(one)).fontSize))"""
    usual = page.evaluate(sizes)
    page.get_by_role("button", name="More of the page").click()
    page.get_by_role("button", name="Large, for a projector").click()
    page.keyboard.press("Escape")
    assert all(now > before for now, before in zip(page.evaluate(sizes), usual, strict=True))
    troubles = measure(page, ((width, height),)).get(f"{width} x {height}", [])
    assert [trouble for trouble in troubles if not trouble.startswith("#data")] == []  # the settings of the data scroll
    for selector in (".metric >> nth=0", ".neuron >> nth=-1", ".setting >> nth=-1", "#output .plane"):
        expect(page.locator(selector)).to_be_in_viewport(ratio=1)
    screenshot(page)


@pytest.mark.parametrize("name", ["two-spirals", "eight-islands", "digits", "curve"])
def test_nothing_is_cut_in_chinese(open_page: OpenPage, screenshot: TakeScreenshot, name: str) -> None:
    preset = next(candidate for candidate in PRESETS if candidate.name == name)
    page = open_page(shared(preset.experiment, preset.title), locale="zh-CN")
    seen(page)
    assert measure(page) == {}
    screenshot(page)


@pytest.mark.parametrize("width", [970, 1100, 1240, 1366, 1600, 1920])
def test_the_page_and_the_experiment_have_their_names_beside_the_counters(open_page: OpenPage, width: int) -> None:
    page = open_page(shared(small(3000), "Two spirals"), viewport={"width": width, "height": 768})
    train(page)
    until_step(page, 1000)
    expect(page.locator(".brand span")).to_be_in_viewport(ratio=1)
    expect(page.locator(".brand span")).to_have_css("clip-path", "none")
    sides = "all => all.map(one => one.getBoundingClientRect()).map(({left, right}) => [left, right])"
    parts = page.locator(".name, .playback-buttons, .playback-counts, .bar-tools").evaluate_all(sides)
    assert len(parts) == 4
    assert all(right <= left for (_, right), (left, _) in itertools.pairwise(parts)), parts


def test_inputs_with_long_names_stand_below_one_another(open_page: OpenPage) -> None:
    preset = next(candidate for candidate in PRESETS if candidate.name == "breast-cancer-standardised")
    page = open_page(shared(preset.experiment, preset.title), viewport={"width": 1366, "height": 768})
    seen(page)
    tops = page.locator(".units.input .neuron").evaluate_all("all => all.map(one => one.offsetTop)")
    assert len(tops) == 12
    assert all(later - earlier >= 17 for earlier, later in itertools.pairwise(tops)), tops


@pytest.mark.parametrize("name", ["digits-to-order", "it-explodes", "heartbeats"])
def test_names_of_the_data_and_the_task_are_whole(open_page: OpenPage, name: str) -> None:
    preset = next(candidate for candidate in PRESETS if candidate.name == name)
    page = open_page(shared(preset.experiment, preset.title), viewport={"width": 1366, "height": 768})
    seen(page)
    for chosen in page.locator(".dataset-family .select, .task-choice .select").all():
        # as wide as its words, or wider
        assert (
            chosen.evaluate(
                """one => {
              const wide = one.getBoundingClientRect().width;
              Object.assign(one.style, {fieldSizing: "content", width: "auto", maxWidth: "none", flex: "none"});
              return one.getBoundingClientRect().width - wide;
            }"""
            )
            <= 1
        )
    words = """all => all.filter((one) => {
      const words = one.textContent.split(/[ –]/);
      return one.getClientRects().length && one.offsetHeight > words.length * 14;
    }).map((one) => one.textContent)"""
    assert page.locator(".radio-title").evaluate_all(words) == []  # no word is parted


def test_a_long_name_is_read_whole_while_one_is_in_it(open_page: OpenPage) -> None:
    name = "What a small network makes of two spirals, once more"
    page = open_page(shared(PRESETS[0].experiment, name), viewport={"width": 1366, "height": 768})
    seen(page)
    field = page.get_by_role("textbox", name="Name of the experiment")
    whole = "one => one.scrollWidth <= one.clientWidth"
    assert not field.evaluate(whole)
    expect(field).to_have_attribute("title", name)
    train = page.locator("button.train")
    before = train.bounding_box()
    field.focus()
    assert field.evaluate(whole)
    assert train.bounding_box() == before  # what stands beside it keeps its place
