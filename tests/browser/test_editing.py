"""Networks are built with mouse and keyboard, in English and Chinese; problems are mended where they stand."""

import re
import time

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Complaints, OpenPage, TakeScreenshot
from tests.browser.playground import button, experiment_of, ready, run_id, shared, small, type_number, until_step

pytestmark = pytest.mark.browser
REFUSED = "422"  # there is no picture of an experiment that has a problem


def kinds(page: Page) -> list[str]:
    """The layers of the network on the page."""
    return [layer["kind"] for layer in experiment_of(page)["networks"]["main"]["layers"]]


def gap(page: Page, number: int) -> Locator:
    """The plus between two cars, counted from 0."""
    return page.get_by_role("button", name="Add a layer here").nth(number)


def test_layers_are_added_doubled_moved_removed_and_brought_back(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    page = ready(open_page(shared(small())))
    gap(page, 1).click()
    palette = page.get_by_role("dialog", name="Couple a layer in")
    screenshot(page, "palette")
    palette.get_by_role("combobox", name="Find a layer").fill("drop")
    palette.get_by_role("option", name=re.compile("Dropout")).first.click()
    assert kinds(page) == ["linear", "tanh", "dropout"]
    page.keyboard.press("Escape")

    diagram = page.get_by_role("application", name="Network diagram")
    diagram.focus()
    diagram.press("Home")
    diagram.press("ArrowRight")
    diagram.press("d")
    assert kinds(page) == ["linear", "tanh", "linear", "tanh", "dropout"]
    expect(page.locator(".network-flow")).to_have_text("2 → 4 → 4 → 4 → 1")

    car = page.locator(".car-card .car-face", has_text="Dropout")
    place, start = page.locator(".car-card").nth(1).bounding_box(), car.bounding_box()
    assert place
    assert start
    page.mouse.move(start["x"] + 20, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(place["x"] - 5, place["y"] + 20, steps=12)
    screenshot(page, "dragging")
    page.mouse.up()
    assert kinds(page) == ["dropout", "linear", "tanh", "linear", "tanh"]

    diagram.focus()
    diagram.press("Home")
    diagram.press("ArrowRight")
    diagram.press("Delete")
    assert kinds(page) == ["linear", "tanh", "linear", "tanh"]
    button(page, "Undo").click()
    page.locator("body").press("Control+z")
    assert kinds(page) == ["linear", "tanh", "linear", "tanh", "dropout"]
    button(page, "Redo").click()
    assert kinds(page) == ["dropout", "linear", "tanh", "linear", "tanh"]


def test_a_layers_form_changes_the_layer_and_the_shapes_behind_it(open_page: OpenPage) -> None:
    page = ready(open_page(shared(small())))
    page.get_by_role("button", name=re.compile("^Linear 4")).click()
    form = page.get_by_role("dialog", name="Settings of the layer")
    form.get_by_role("textbox", name="Neurons, typed").fill("6")
    expect(page.get_by_role("group", name="Linear 6")).to_be_visible()
    expect(page.get_by_text("2 → 6 → 1")).to_be_visible()
    where, network = form.bounding_box(), page.locator("#network").bounding_box()
    assert where
    assert network
    assert where["x"] >= network["x"] + network["width"] - 1  # it covers nothing of what it speaks of


def test_a_problem_stands_at_its_layer_and_one_click_mends_it(
    open_page: OpenPage, complaints: Complaints, screenshot: TakeScreenshot
) -> None:
    complaints.forgive(REFUSED)
    page = open_page(shared(small(dataset={"kind": "digits"})))
    problem = page.locator(".car-problem")
    expect(problem).to_contain_text("Flatten")
    expect(button(page, "Train")).to_be_disabled()
    screenshot(page, "problem")
    problem.get_by_role("button", name=re.compile("Flatten")).click()
    expect(problem).to_have_count(0)
    expect(button(page, "Train")).to_be_enabled()
    assert kinds(page)[0] == "flatten"


def test_other_data_and_another_task_bring_what_they_need_each_as_one_step(open_page: OpenPage) -> None:
    page = ready(open_page(shared(small())))
    page.locator(".dataset-links button").first.click()
    page.get_by_role("radio", name="Digits").check(force=True)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Flatten")).to_be_visible()
    expect(button(page, "Train")).to_be_enabled()
    assert kinds(page)[0] == "flatten"
    task = page.get_by_role("combobox", name="Task")
    expect(task.locator("option").nth(1)).to_have_text("Autoencoder")
    expect(task).to_have_value("classification")
    task.select_option("Autoencoder")
    expect(page.get_by_role("heading", name="decoder")).to_be_visible()
    assert experiment_of(page)["loss"] == {"kind": "mse"}
    button(page, "Undo").first.click()
    expect(task).to_have_value("classification")
    button(page, "Undo").first.click()
    assert experiment_of(page)["dataset"]["kind"] == small()["dataset"]["kind"]


def test_a_problem_of_a_setting_is_marked_and_told_while_typing(open_page: OpenPage, complaints: Complaints) -> None:
    complaints.forgive(REFUSED)
    page = ready(open_page(shared(small())))
    field = page.get_by_role("textbox", name="Batch size, typed")
    field.fill("5000")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".setting .field.wrong", has_text="Batch size")).to_have_count(1)
    line = page.locator("#line.warning")
    expect(line).to_contain_text("5,000")
    line.get_by_role("button").first.click()
    expect(page.locator(".problems, #line.warning")).to_have_count(0)
    expect(button(page, "Train")).to_be_enabled()


def test_by_keyboard_alone_a_network_is_built_and_trained_within_a_minute(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    page = ready(open_page(shared(small(networks={"main": {"layers": []}}))))
    began = time.monotonic()
    tab_to(page, "application", "Network diagram")
    for _ in range(2):
        keys(page, "End", "ArrowLeft", "+")
        expect(page.get_by_role("combobox", name="Find a layer")).to_be_focused()
        page.keyboard.type("linear")
        keys(page, "Enter")
        page.get_by_role("dialog", name="Settings of the layer").wait_for()
        keys(page, "Escape")
        expect(page.get_by_role("application", name="Network diagram")).to_be_focused()
    screenshot(page, "built")
    expect(page.locator(".network-flow")).to_have_text("2 → 8 → 8 → 1")
    assert kinds(page) == ["linear", "tanh", "linear", "tanh"]
    page.keyboard.press("Space")
    until_step(page, 10)
    assert time.monotonic() - began < 60
    assert run_id(page)


def keys(page: Page, *pressed: str) -> None:
    for key in pressed:
        page.keyboard.press(key)


def tab_to(page: Page, role: str, name: str) -> None:
    """Presses Tab until the focus stands where it should."""
    goal = page.get_by_role(role, name=name)  # pyright: ignore[reportArgumentType]
    for _ in range(120):
        page.keyboard.press("Tab")
        if goal.evaluate("(element) => element === document.activeElement"):
            return
    raise AssertionError(f"Expected the Tab key to reach {role} {name!r}.")


def test_in_chinese_a_layer_is_found_with_an_input_method(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    page = open_page(shared(small()), locale="zh-CN")
    expect(button(page, "训练")).to_be_enabled()
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    page.get_by_role("button", name="在这里加一层").last.click()
    field = page.locator(".palette input")
    expect(field).to_be_focused()
    before = kinds(page)
    page_session = page.context.new_cdp_session(page)
    for text in ("q", "qu", "quan", "quan'lian'jie"):
        page_session.send(
            "Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
        )
    # The Enter that ends a composition is told to the page as key 229 while it is composing: it must choose nothing.
    page_session.send(
        "Input.dispatchKeyEvent", {"type": "rawKeyDown", "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229}
    )
    assert kinds(page) == before
    page_session.send("Input.insertText", {"text": "全连接"})
    expect(field).to_have_value("全连接")
    expect(page.locator(".palette-offer").first).to_contain_text("全连接层")
    screenshot(page, "palette")
    page.keyboard.press("Enter")
    assert kinds(page) == [*before, "linear", "tanh"]  # with the activation of its neighbour
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    screenshot(page, "page")


def test_the_palette_finds_a_layer_by_pinyin_and_by_its_english_name(open_page: OpenPage) -> None:
    page = open_page(shared(small()), locale="zh-CN")
    expect(button(page, "训练")).to_be_enabled()
    page.get_by_role("button", name="在这里加一层").last.click()
    for written in ("全连接", "quanlianjie", "qlj", "linear"):
        page.locator(".palette input").fill(written)
        expect(page.locator(".palette-offer").first).to_contain_text("全连接层")


def test_sizes_typed_in_full_width_digits_are_numbers(open_page: OpenPage) -> None:
    page = ready(open_page(shared(small())))
    type_number(page, "Batch size", "２０")  # as a Chinese keyboard types them
    assert experiment_of(page)["training"]["batch_size"] == 20
