"""Someone draws, looks at what a network gets wrong, and compares it with simpler methods."""

import math
import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Complaints, OpenPage, TakeScreenshot
from tests.browser.playground import (
    PATIENCE,
    Document,
    button,
    open_more_data,
    ready,
    shared,
    small,
    train,
    until_status,
)
from tests.browser.server import Server, until
from tests.browser.test_everyone import grave_findings

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def digits(**changes: Any) -> Document:
    """A convolutional network that knows most digits after a few seconds."""
    document: Document = {
        "version": 1,
        "dataset": {"kind": "digits"},
        "task": {"kind": "classification"},
        "networks": {
            "main": {
                "layers": [
                    {"kind": "conv2d", "filters": 8, "kernel": 3, "padding": 1},
                    {"kind": "relu"},
                    {"kind": "flatten"},
                    {"kind": "linear", "units": 16},
                    {"kind": "relu"},
                ]
            }
        },
        "loss": {"kind": "cross_entropy"},
        "optimizer": {"kind": "adam", "lr": 0.005},
        "training": {"batch_size": 32, "epochs": 15},
    }
    return document | changes


def trained(page: Page) -> Page:
    """Trains to the end."""
    ready(page)
    train(page)
    until_status(page, "Done")
    return page


@pytest.fixture(scope="module")
def known(server: Server) -> str:
    """The path of a run of `digits` that is over."""
    run = server.post("/runs", {"experiment": digits()})["id"]
    until(lambda: server.get(f"/runs/{run}")["status"] == "done", "the end of the run")
    return f"/?run={run}"


def reopened(page: Page) -> Page:
    """A page that was opened on a run that is over."""
    until_status(page, "Done")
    return page


def look_at(page: Page, tab: str) -> None:
    """Chooses what the output shows."""
    page.locator("#output").get_by_role("radio", name=tab, exact=True).check()


def ring(page: Page) -> list[tuple[float, float]]:
    """Places on the drawing board along a zero."""
    board = page.locator(".board")
    board.scroll_into_view_if_needed()
    box = board.bounding_box()
    assert box
    turns = [part / 20 * 2 * math.pi for part in range(21)]
    return [
        (
            box["x"] + (0.5 + 0.2 * math.cos(turn)) * box["width"],
            box["y"] + (0.5 + 0.33 * math.sin(turn)) * box["height"],
        )
        for turn in turns
    ]


def draw_zero(page: Page) -> None:
    """Draws it with the mouse."""
    first, *others = ring(page)
    page.mouse.move(*first)
    page.mouse.down()
    for place in others:
        page.mouse.move(*place)
    page.mouse.up()


def draw_zero_by_finger(page: Page) -> None:
    """Draws it by touch, which must not scroll the page."""
    session = page.context.new_cdp_session(page)
    places = ring(page)
    before = page.evaluate("() => scrollY")
    for number, (x, y) in enumerate(places):
        touch = {"type": "touchMove" if number else "touchStart", "touchPoints": [{"x": x, "y": y}]}
        session.send("Input.dispatchTouchEvent", touch)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert page.evaluate("() => scrollY") == before


def first_share(page: Page) -> Locator:
    """The class with the longest bar."""
    return page.locator(".pad .share.first .share-name")


def test_a_digit_is_drawn_and_every_layer_answers(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    page = trained(open_page(shared(digits())))
    look_at(page, "Draw")
    expect(page.get_by_text("Draw here. Every layer answers while you draw.")).to_be_visible()
    draw_zero(page)
    expect(first_share(page)).to_have_text("0")
    expect(page.get_by_text("Every layer answers to your drawing.")).to_be_visible()
    milliseconds = page.locator(".pad").get_attribute("data-milliseconds")
    assert milliseconds
    assert float(milliseconds) > 0
    screenshot(page)
    page.locator(".pad").get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Draw here. Every layer answers while you draw.")).to_be_visible()
    expect(page.get_by_text("Every layer answers to your drawing.")).to_have_count(0)


def test_while_one_draws_only_the_newest_picture_is_asked(open_page: OpenPage, known: str) -> None:
    page = reopened(open_page(known))
    look_at(page, "Draw")
    expect(page.get_by_text("Draw here. Every layer answers while you draw.")).to_be_visible()
    under_way = [0]
    most = [0]

    def begun(request: Any) -> None:
        if request.url.endswith("/predict"):
            under_way[0] += 1
            most[0] = max(most[0], under_way[0])

    def ended(request: Any) -> None:
        if request.url.endswith("/predict"):
            under_way[0] -= 1

    page.on("request", begun)
    page.on("requestfinished", ended)
    draw_zero(page)
    expect(first_share(page)).to_have_text("0")
    assert most == [1]


def test_before_training_the_pad_says_what_it_waits_for(open_page: OpenPage) -> None:
    page = ready(open_page(shared(digits())))
    look_at(page, "Draw")
    expect(page.get_by_text("This network has not been trained yet.")).to_be_visible()
    draw_zero(page)  # is kept, and answered as soon as there is a network
    train(page)
    expect(first_share(page)).to_have_text("0")


def test_a_one_is_drawn_with_the_keyboard_alone(open_page: OpenPage, known: str) -> None:
    page = reopened(open_page(known))
    look_at(page, "Draw")
    board = page.get_by_role("application", name=re.compile("Drawing board"))
    board.focus()
    for _ in range(6):
        board.press("ArrowUp")
    board.press("Space")
    for _ in range(12):
        board.press("ArrowDown")
    board.press("Space")
    expect(first_share(page)).to_have_text("1")
    expect(page.get_by_text("Brush up, column 5, row 8")).to_have_count(1)
    board.press("Delete")
    expect(page.get_by_text("Draw here. Every layer answers while you draw.")).to_be_visible()
    expect(page.locator(".status-word")).to_have_text("Done")  # Space was the brush's, not the run's


def test_on_a_phone_a_finger_draws_and_the_words_are_chinese(
    open_page: OpenPage, known: str, screenshot: TakeScreenshot
) -> None:
    page = open_page(known, locale="zh-CN", color_scheme="dark", **PHONE)
    expect(page.locator(".status-word")).to_have_text("已完成")
    look_at(page, "画一画")
    draw_zero_by_finger(page)
    expect(first_share(page)).to_have_text("0")
    expect(page.get_by_text("各层显示的是对你画的图的输出。")).to_be_visible()
    screenshot(page)


def test_a_cell_of_the_confusion_matrix_opens_its_samples(
    open_page: OpenPage, server: Server, known: str, screenshot: TakeScreenshot
) -> None:
    page = reopened(open_page(known))
    cell = page.locator(".confusion td.right button").first
    count = int(cell.inner_text())
    cell.click()
    expect(page.get_by_text("Only 0, recognised")).to_be_visible()
    expect(page.get_by_text(re.compile(rf"1 to \d+ of {count}, at step"))).to_be_visible()
    samples = page.locator(".walk-sample")
    expect(samples.first).to_contain_text(re.compile(r"^0\d+ %$"))
    samples.first.click()
    expect(page.get_by_text(re.compile(r"Every layer answers to sample \d+\."))).to_be_visible()
    expect(samples.first).to_have_attribute("aria-pressed", "true")
    screenshot(page)
    button(page, "Back to the chosen samples").click()
    expect(samples.first).to_have_attribute("aria-pressed", "false")
    button(page, "Show all samples again").click()
    run = page.evaluate("() => new URLSearchParams(location.search).get('run')")
    worst = server.get(f"/runs/{run}/answers?split=validation&order=worst&limit=1")["samples"][0]
    expect(samples.first).to_have_attribute("title", re.compile(rf"^Sample {worst['row']}:"))


def test_pages_of_samples_are_turned_by_keyboard(open_page: OpenPage, known: str) -> None:
    page = reopened(open_page(known))
    look_at(page, "Samples")
    samples = page.locator(".walk-sample")
    expect(page.get_by_text(re.compile("^1 to 24 of 359"))).to_be_visible()
    samples.first.focus()
    samples.first.press("ArrowRight")
    expect(samples.nth(1)).to_be_focused()
    samples.nth(1).press("ArrowDown")
    expect(samples.nth(1)).not_to_be_focused()
    page.keyboard.press("PageDown")
    expect(page.get_by_text(re.compile("^25 to 48 of 359"))).to_be_visible()


def test_the_samples_of_the_test_set_are_sealed_until_they_are_opened(open_page: OpenPage) -> None:
    page = trained(open_page(shared(digits())))
    look_at(page, "Samples")
    look_at(page, "Test")
    expect(page.locator(".walk-sample")).to_have_count(0)
    button(page, "Open the test set").click()
    expect(page.locator(".walk-sample").first).to_be_visible()
    look_at(page, "Result")
    expect(page.get_by_text("opened once")).to_be_visible()
    expect(button(page, "Seal")).to_be_visible()


def masks() -> Document:
    """A small network that learns roughly where shapes are."""
    layers = [{"kind": "conv2d", "filters": 8, "kernel": 5, "padding": 2}, {"kind": "relu"}]
    return digits(
        dataset={"kind": "shape_masks", "samples": 200},
        task={"kind": "segmentation"},
        networks={"main": {"layers": layers}},
        training={"batch_size": 20, "epochs": 6},
    )


def heartbeats() -> Document:
    """A small network that reads series."""
    layers = [
        {"kind": "conv1d", "filters": 4, "kernel": 9, "padding": 4},
        {"kind": "relu"},
        {"kind": "flatten"},
    ]
    return digits(
        dataset={"kind": "ecg", "samples": 200},
        networks={"main": {"layers": layers}},
        training={"batch_size": 20, "epochs": 3},
    )


def test_masks_are_seen_over_their_pictures_while_they_are_learned(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    page = trained(open_page(shared(masks())))
    output = page.locator("#output")
    expect(page.locator(".judged").get_by_text("Validation mean IoU")).to_be_visible()
    expect(page.get_by_role("tab", name="Mean IoU")).to_be_visible()
    pictures = page.locator(".mask-grid button")
    expect(pictures).to_have_count(12)
    expect(pictures.first).to_have_attribute("aria-label", re.compile(r"Sample 1: mean overlap .* \(background"))
    shares = page.locator(".mask-legend li b").all_inner_texts()
    assert len(shares) == 4
    assert float(shares[0].removesuffix(" %")) > 50  # background is easy
    before = colours_of(pictures.first)
    screenshot(page)
    look_at(page, "Mistakes")
    assert colours_of(pictures.first) != before
    pictures.first.hover()
    expect(output.get_by_text(re.compile(r"recognised \(|taken for"))).to_be_visible()
    pictures.nth(2).click()
    expect(pictures.nth(2)).to_have_attribute("aria-pressed", "true")


def colours_of(picture: Locator) -> str:
    """A picture as it is painted."""
    return picture.locator("canvas").evaluate("(canvas) => canvas.toDataURL()")


def test_a_drawing_is_answered_by_a_mask_and_samples_by_their_overlap(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    page = trained(open_page(shared(masks())))
    look_at(page, "Draw")
    expect(page.get_by_text("The mask of the drawing is shown here.")).to_be_visible()
    draw_zero(page)
    expect(page.locator(".mask-answer canvas")).to_be_visible()
    expect(page.get_by_text("Every layer answers to your drawing.")).to_be_visible()
    screenshot(page)
    look_at(page, "Samples")
    expect(page.locator(".walk-sample").first).to_contain_text("IoU")
    expect(page.get_by_role("radio", name="Surely wrong")).to_have_count(0)


def test_series_are_drawn_by_class_and_walked_through(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    page = trained(open_page(shared(heartbeats())))
    open_more_data(page)
    page.get_by_text("All samples").click()
    expect(page.locator(".strip-classes figure")).to_have_count(2)
    expect(page.locator(".strip-classes .series-strip")).to_have_count(10)
    page.keyboard.press("Escape")
    expect(page.get_by_role("radio", name="Draw", exact=True)).to_have_count(0)
    look_at(page, "Samples")
    expect(page.locator(".walk-sample .series-strip").first).to_be_visible()
    page.locator(".walk-sample").first.click()
    expect(page.get_by_text(re.compile(r"Every layer answers to sample \d+\."))).to_be_visible()
    screenshot(page)


def test_augmentation_is_shown_on_samples_as_soon_as_it_is_set(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    page = ready(open_page(shared(digits())))
    open_more_data(page).locator("summary", has_text="Augmentation").click()
    rows = page.locator(".augmented-row")
    expect(rows).to_have_count(0)
    page.get_by_role("switch", name="Flip").check()
    expect(rows).to_have_count(2)
    expect(rows.first.locator("canvas")).to_have_count(7)
    screenshot(page)
    page.get_by_role("switch", name="Flip").uncheck()
    expect(rows).to_have_count(0)


def test_simpler_methods_stand_beside_a_run_and_a_rule_by_hand_among_them(
    open_page: OpenPage, complaints: Complaints, screenshot: TakeScreenshot
) -> None:
    complaints.forgive("status 422|status of 422")  # a rule that is none
    page = ready(open_page(shared(small(20, dataset={"kind": "circle"}))))
    train(page)
    until_status(page, "Done")
    page.get_by_role("tab", name="Accuracy", exact=True).click()
    button(page, "Compare with simpler methods").click()
    table = page.get_by_role("complementary", name="Simpler methods").get_by_role("table")
    expect(table.get_by_role("row", name=re.compile("Logistic regression raw"))).to_be_visible(timeout=PATIENCE)
    expect(table.get_by_role("row", name=re.compile("Logistic regression features 100 % sealed"))).to_be_visible()
    rule = page.get_by_role("textbox", name="A rule by hand")
    rule.fill("x1^2 + x2^2 < 4")
    rule.press("Enter")
    own = table.get_by_role("row", name=re.compile("x₁² \\+ x₂² < 4"))
    expect(own).to_be_visible(timeout=PATIENCE)
    expect(own).to_contain_text(re.compile(r"\d\d(\.\d)? %"))
    screenshot(page)
    rule.fill("x1^2 +")
    rule.press("Enter")
    expect(page.locator(".baselines .problems")).to_be_visible()
    button(page, "Without the simpler methods").click()
    expect(table).to_have_count(0)


def test_axe_finds_nothing_serious_in_what_one_draws_and_walks_through(open_page: OpenPage, known: str) -> None:
    page = reopened(open_page(known))
    assert grave_findings(page) == []
    look_at(page, "Draw")
    draw_zero(page)
    expect(first_share(page)).to_have_text("0")
    assert grave_findings(page) == []
    look_at(page, "Samples")
    expect(page.locator(".walk-sample").first).to_be_visible()
    assert grave_findings(page) == []
