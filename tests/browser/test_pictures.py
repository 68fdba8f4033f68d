"""Networks on pictures and series: planes that live, pixels that add up, branches, deep networks, what fits where."""

import re
from typing import Any

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser.conftest import OpenPage, TakeScreenshot
from tests.browser.playground import PATIENCE, Document, button, experiment_of, ready, shared, train, until_step

pytestmark = pytest.mark.browser
RELU = {"kind": "relu"}
PHONE = {"width": 390, "height": 844}


def conv(filters: int, kernel: int = 3, **settings: Any) -> Document:
    return {"kind": "conv2d", "filters": filters, "kernel": kernel, "padding": kernel // 2, **settings}


CNN: list[Document] = [
    conv(8),
    RELU,
    {"kind": "max_pool2d"},
    conv(16),
    RELU,
    {"kind": "flatten"},
    {"kind": "linear", "units": 16},
    RELU,
]
POOLED: Document = {"kind": "max_pool2d", "kernel": 3, "stride": 1, "padding": 1}
INCEPTION: list[Document] = [
    conv(6),
    RELU,
    {
        "kind": "branches",
        "branches": [
            {"layers": [conv(4, 1), RELU]},
            {"layers": [conv(4, 1), RELU, conv(6), RELU]},
            {"layers": [POOLED, conv(4, 1)]},
        ],
    },
    {"kind": "global_avg_pool"},
]
INNER: Document = {"kind": "skip", "layers": [{"kind": "max_pool2d"}, conv(8), RELU, {"kind": "upsample"}]}
U_NET: list[Document] = [conv(6), RELU, INNER, conv(4), RELU, {"kind": "flatten"}]
RESIDUAL: Document = {
    "kind": "residual",
    "layers": [conv(8), {"kind": "batch_norm2d"}, RELU, conv(8), {"kind": "batch_norm2d"}],
}
DEEP: list[Document] = [conv(8), RELU, *([RESIDUAL] * 12), {"kind": "global_avg_pool"}]
#: One of each rule by which a number of a map can come about; no activation hides the sums.
RULES: list[Document] = [
    conv(6, stride=2),
    conv(8, dilation=2, padding=2, groups=2, bias=False),
    {"kind": "conv_transpose2d", "filters": 4, "kernel": 3, "stride": 2, "padding": 1, "output_padding": 1},
    {"kind": "avg_pool2d", "kernel": 3, "stride": 2, "padding": 1},
    {"kind": "residual", "layers": [conv(4)]},
    {"kind": "branches", "join": "add", "branches": [{"layers": [conv(4)]}, {"layers": []}]},
    {"kind": "skip", "layers": [conv(2)]},
    {"kind": "max_pool2d", "kernel": 2, "stride": 2},
    {"kind": "adaptive_avg_pool2d", "output_size": 1},
]


def digits(layers: list[Document]) -> Document:
    return {
        "version": 1,
        "dataset": {"kind": "digits"},
        "task": {"kind": "classification"},
        "networks": {"main": {"layers": layers}},
        "loss": {"kind": "cross_entropy"},
        "optimizer": {"kind": "adam", "lr": 0.01},
        "training": {"batch_size": 32, "epochs": 100_000},
    }


def planes(page: Page, car: str = "") -> Locator:
    """The planes of a car, or of all."""
    label = f"^{re.escape(car)}, channel" if car else ", channel"
    return page.get_by_role("img", name=re.compile(label))


def painted(page: Page) -> Page:
    """Waits until the maps of the untrained network are on the page."""
    page.wait_for_function(
        "() => new Set([...document.querySelectorAll('.feature-plane canvas')].map((one) => one.toDataURL())).size > 3",
        timeout=PATIENCE,
    )
    return page


def open_painted(open_page: OpenPage, layers: list[Document], **options: Any) -> Page:
    page = open_page(shared(digits(layers)), **options)
    expect(page.locator(".car-card.output")).to_be_visible()
    return painted(page)


def pixels(page: Page) -> list[str]:
    """What is painted on each plane."""
    return page.evaluate("() => [...document.querySelectorAll('.feature-plane canvas')].map((one) => one.toDataURL())")


def box(of: Locator) -> FloatRect:
    found = of.bounding_box()
    assert found
    return found


def test_planes_stand_to_scale_and_change_while_it_trains(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    page = open_painted(open_page, CNN)
    expect(planes(page)).to_have_count(8 + 8 + 16)
    expect(page.locator(".network-flow")).to_have_text("1×8×8 → 8×8×8 → 8×4×4 → 16×4×4 → 256 → 16 → 10")
    whole, pooled = box(planes(page).nth(0)), box(planes(page, "Max pooling 2-D").first)
    assert pooled["width"] == pytest.approx(whole["width"] / 2, abs=0.5)
    before = pixels(page)
    assert len(set(before)) > 12
    train(page)
    until_step(page, 100)
    page.wait_for_function(
        "(before) => document.querySelectorAll('.feature-plane canvas')[0].toDataURL() !== before", arg=before[0]
    )
    assert sum(old != new for old, new in zip(before, pixels(page), strict=True)) > 8
    screenshot(page, "light")
    page.emulate_media(color_scheme="dark")
    screenshot(page, "dark")


def test_a_planes_card_shows_each_pixel_with_its_numbers(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    page = open_painted(open_page, CNN)
    planes(page).nth(2).hover()
    tip = page.locator(".network-tip")
    expect(tip).to_contain_text("channel 3")
    expect(tip.locator(".kernel-tile")).to_have_count(1)
    planes(page).nth(2).click()
    card = page.get_by_role("region", name="Channel 3 of Convolution 2-D")
    face = card.get_by_role("application")
    expect(face).to_be_focused()
    expect(card.locator(".formula")).to_contain_text("a = ReLU( Σ x ∗ K + b )")
    face.press("ArrowLeft")
    for _ in range(9):
        face.press("ArrowUp")
        face.press("ArrowRight")
    expect(card).to_contain_text("row 1, column 8")
    for _ in range(3):
        face.press("ArrowDown")
        face.press("ArrowLeft")
    expect(card).to_contain_text("row 4, column 5")
    expect(card.locator(".window-cells").first.locator("span")).to_have_count(9)
    expect(page.locator(".patch")).to_have_count(2)  # the window on the picture, and the pixel
    expect_added_up(card)
    screenshot(page)
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(page.get_by_role("application", name="Network diagram")).to_be_focused()


def expect_added_up(card: Locator) -> None:
    """The printed parts and the printed bias are the printed sum, or it says about equal."""
    number = [float(text.replace("−", "-")) for text in card.locator(".pixel-row .part").all_inner_texts()]
    lines = card.locator(".sum-line").all_inner_texts()
    value = {text.split("\n")[0]: float(text.split("\n")[-1].replace("−", "-")) for text in lines}
    total, sign = next((value[name], name[-1]) for name in value if name.startswith("sum z"))
    digits = len(str(total).partition(".")[2])
    assert sign == "≈" or sum(number) + value["bias b"] == pytest.approx(total, abs=0.5 * 10**-digits)


def test_a_pool_shows_its_window_and_which_number_won(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    page = open_painted(open_page, CNN)
    planes(page, "Max pooling 2-D").nth(2).click()
    card = page.get_by_role("region", name="Channel 3 of Max pooling 2-D")
    cells = card.locator(".window-cells span")
    expect(cells).to_have_count(4)
    expect(card.locator(".winner")).to_have_count(1)
    values = [float(text.replace("−", "-")) for text in cells.all_inner_texts()]
    assert float(card.locator(".winner").inner_text().replace("−", "-")) == max(values)
    expect(card.locator(".sum-line.answer b")).to_have_text(f"{max(values):.2f}")
    screenshot(page)


def test_every_sum_on_a_card_is_what_the_network_computed(open_page: OpenPage) -> None:
    page = open_painted(open_page, RULES)
    found = page.evaluate(
        """async () => {
             const files = ['network/cars', 'network/layout', 'network/pixelSum', 'api/shapes'];
             const [cars, layouts, sums, shapes] = await Promise.all(
               files.map((name) => import(`/static/js/${name}.js`)));
             const report = trainyard.report.value;
             const train = cars.trainOf('/networks/main', trainyard.experiment.value.networks.main,
               report.networks.main, trainyard.families.value.layers, report.data.shape);
             const open = new Set(train.cars.flatMap((car) => (car.inner.length > 0 ? [car.path] : [])));
             const layout = layouts.layOut(train, { width: 3000, height: 900, open });
             const frame = trainyard.pictures.value.feature_maps;
             const told = {};
             layout.columns.forEach((column, index) => {
               if (column.style !== 'planes') return;
               const [rows, across] = shapes.sidesOf(column.car.shape);
               for (const unit of column.shown) for (let row = 0; row < rows; row++)
                 for (let at = 0; at < across; at++) for (const sample of [0, 1]) {
                   const sum = sums.pixelSum(frame, layout, { column: index, unit }, sample, { row, column: at });
                   const z = sum.z ?? sum.parts.reduce((found, part) => found + part.sum, 0);
                   const grain = (frame.arrays[`maps:${column.car.path}`].high * 2) / 255;
                   const key = `${column.car.layers[0].kind} ${sum.kind}`;
                   told[key] ??= { count: 0, wrong: 0, worst: 0 };
                   told[key].count++;
                   told[key].worst = Math.max(told[key].worst, Math.abs(z - sum.a));
                   if (Math.abs(z - sum.a) > sum.error + grain + 1e-5) told[key].wrong++;
                 }
             });
             return told;
           }"""
    )
    assert set(found) == {
        "conv2d weighted",
        "conv_transpose2d weighted",
        "avg_pool2d mean",
        "max_pool2d max",
        "adaptive_avg_pool2d mean",
        "residual added",
        "branches added",
        "skip same",
    }
    assert {name: tally for name, tally in found.items() if tally["wrong"] or tally["count"] < 8} == {}


def test_branches_stand_side_by_side_and_are_built_with_mouse_and_keyboard(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    page = ready(open_painted(open_page, INCEPTION))
    screenshot(page)
    cards = page.locator(".car-card[data-path*='/branches/']")
    expect(cards).to_have_count(5)
    lanes = {round(box(cards.nth(at))["y"]) for at in range(5)}
    assert len(lanes) == 3

    page.locator("[data-place='/networks/main/layers/2/branches/0/layers/2']").click()
    page.get_by_role("combobox", name="Find a layer").fill("identity")
    page.get_by_role("option", name=re.compile("Identity")).click()
    expect(cards).to_have_count(6)  # it is put there once the server has told how it begins
    page.keyboard.press("Escape")
    assert kinds(page) == [
        ["conv2d", "relu", "identity"],
        ["conv2d", "relu", "conv2d", "relu"],
        ["max_pool2d", "conv2d"],
    ]

    moved = page.locator(".car-card[data-path='/networks/main/layers/2/branches/0/layers/2'] .car-face")
    target = page.locator("[data-place='/networks/main/layers/2/branches/1/layers/4']")
    start, end = box(moved), box(target)
    page.mouse.move(start["x"] + 20, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(end["x"] + 12, end["y"] + 12, steps=12)
    screenshot(page, "dragging")
    page.mouse.up()
    assert kinds(page)[:2] == [["conv2d", "relu"], ["conv2d", "relu", "conv2d", "relu", "identity"]]

    diagram = page.get_by_role("application", name="Network diagram")
    diagram.focus()
    for key in ("Home", "ArrowRight", "ArrowRight", "d"):
        diagram.press(key)
    assert kinds(page)[0] == ["conv2d", "relu", "conv2d", "relu"]
    diagram.press("Alt+ArrowDown")
    assert kinds(page)[0] == ["conv2d", "relu"]
    assert kinds(page)[1][-2:] == ["conv2d", "relu"]

    page.get_by_role("button", name=re.compile("^Branches")).click()
    form = page.get_by_role("dialog", name="Settings of the layer")
    form.get_by_role("button", name="Add a branch").click()
    expect(form).to_contain_text("4 branches")
    expect(page.locator(".lane-heading")).to_have_count(4)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Fold Branches").click()
    expect(cards).to_have_count(0)


def kinds(page: Page) -> list[list[str]]:
    """The layers of each branch of the network's third layer."""
    branches = experiment_of(page)["networks"]["main"]["layers"][2]["branches"]
    return [[layer["kind"] for layer in branch["layers"]] for branch in branches]


def test_a_skip_leads_around_its_inner_layers(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    page = open_painted(open_page, U_NET)
    expect(page.locator(".block.container")).to_have_count(1)
    screenshot(page)
    planes(page, "Skip").first.click()
    card = page.get_by_role("region", name="Channel 1 of Skip")
    expect(card).to_contain_text("It is Convolution 2-D, channel 1.")  # what goes around comes first
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Fold Skip").click()
    expect(page.locator(".block.container")).to_have_count(0)
    page.get_by_role("button", name="Unfold its inner cars").click()
    expect(page.locator(".block.container")).to_have_count(1)


def test_a_deep_network_opens_folded_and_says_what_it_repeats(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    page = open_painted(open_page, DEEP)
    cards = page.locator(".car-card")
    assert cards.count() <= 12
    stacks = page.locator(".car-card.stack")
    expect(stacks.first).to_contain_text("12 × Residual")  # all of it is in view
    screenshot(page, "folded")
    page.get_by_role("button", name="Fit to view").click()
    expect(stacks.first).to_contain_text("6 × Residual")
    before = cards.count()
    stacks.first.locator(".car-face").click()
    expect(cards).to_have_count(before + 5)
    page.get_by_role("button", name="Unfold its inner cars").first.click()
    expect(cards).to_have_count(before + 9)
    screenshot(page, "unfolded")
    page.get_by_role("button", name="Fold these cars").click()
    expect(stacks).to_have_count(2)


def test_the_arithmetic_of_a_window_follows_each_edit(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    page = open_painted(open_page, CNN)
    page.locator(".car-card[data-path='/networks/main/layers/0'] .car-face").click()
    sums = page.get_by_role("dialog", name="Settings of the layer").locator(".calculation")
    expect(sums.first).to_contain_text("⌊(8 + 2·1 − 1·(3 − 1) − 1) / 1⌋ + 1 = 8")
    expect(sums.nth(1)).to_contain_text("3·3·1·8 + 8 = 80")
    page.get_by_role("textbox", name="Stride, typed").fill("2")
    page.get_by_role("textbox", name="Kernel size, typed").fill("5")
    expect(sums.first).to_contain_text("⌊(8 + 2·1 − 1·(5 − 1) − 1) / 2⌋ + 1 = 3")
    expect(sums.nth(1)).to_contain_text("5·5·1·8 + 8 = 208")
    expect(page.locator(".neuron-some", has_text="8 × 3 × 3")).to_be_visible()  # as the checker says too
    page.get_by_role("button", name="k 5: Kernel size").click()
    expect(page.get_by_role("dialog", name="k: Kernel size")).to_contain_text("Side of the window")
    screenshot(page)


def test_the_palette_offers_what_fits_and_says_why_the_rest_does_not(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    page = ready(open_painted(open_page, CNN))
    page.locator("[data-place='/networks/main/layers/2']").click()
    offers = page.locator(".palette-offer")
    expect(page.get_by_text("Do not fit here")).to_be_attached()
    fitting = page.locator(".palette-offer[aria-disabled=false]")
    expect(fitting.filter(has_text="Convolution 2-D").first).to_be_visible()
    screenshot(page)
    page.get_by_role("combobox", name="Find a layer").fill("linear")
    expect(offers.first).to_have_attribute("aria-disabled", "true")
    expect(offers.first.locator("span")).not_to_be_empty()
    before = experiment_of(page)
    page.keyboard.press("Enter")
    assert experiment_of(page) == before
    screenshot(page, "reason")


def test_a_series_is_drawn_as_lines(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    window = {"kind": "conv1d", "filters": 6, "kernel": 5, "padding": 2}
    layers = [window, RELU, {"kind": "max_pool1d"}, {"kind": "global_avg_pool"}]
    page = open_page(shared(digits(layers) | {"dataset": {"kind": "ecg"}}))
    painted(page)
    strip = box(planes(page, "Convolution 1-D").first)
    assert strip["width"] > 2 * strip["height"]
    planes(page, "Convolution 1-D").nth(1).click()
    card = page.get_by_role("region", name="Channel 2 of Convolution 1-D")
    expect(card).to_contain_text("time step")
    card.get_by_role("application").press("ArrowRight")
    expect_added_up(card)
    screenshot(page)


def test_on_a_phone_and_in_chinese_planes_open_by_touch(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    page = open_painted(open_page, INCEPTION, viewport=PHONE, has_touch=True, is_mobile=True, locale="zh-CN")
    page.get_by_role("img", name=re.compile("第 3 个通道$")).first.tap()
    card = page.get_by_role("region", name="二维卷积的第 3 个通道")
    face = box(card.get_by_role("application"))
    page.touchscreen.tap(face["x"] + 4, face["y"] + 4)
    expect(card).to_contain_text("第 1 行，第 1 列")
    screenshot(page)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    button(page, "关闭").last.click()
    expect(card).to_have_count(0)
