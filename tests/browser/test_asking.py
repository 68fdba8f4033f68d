"""Asking a trained network on the page: a text that is written on, a sentence that is read, a sound."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Complaints, OpenPage, TakeScreenshot
from tests.browser.playground import asking, button, ready, shared, small, train, until_status
from tests.training.waves import vowel, wav

pytestmark = pytest.mark.browser
STORIES: dict[str, Any] = small(
    20,
    version=2,
    dataset={"kind": "stories", "samples": 100, "window": 16},
    task={"kind": "language_model"},
    networks={"main": {"layers": [{"kind": "embedding", "width": 8}, {"kind": "lstm", "units": 8}]}},
    loss={"kind": "cross_entropy"},
)
REVIEWS: dict[str, Any] = small(
    5,
    version=2,
    dataset={"kind": "reviews", "samples": 100},
    networks={"main": {"layers": [{"kind": "embedding", "width": 4}, {"kind": "mean_over_time"}]}},
)
VOWELS: dict[str, Any] = small(
    5,
    version=2,
    dataset={"kind": "vowels", "samples": 100},
    networks={"main": {"layers": [{"kind": "gru", "units": 4}, {"kind": "mean_over_time"}]}},
    loss={"kind": "cross_entropy"},
)


def test_a_language_model_writes_on(open_page: OpenPage, screenshot: TakeScreenshot, complaints: Complaints) -> None:
    page = ready(open_page(shared(STORIES), viewport={"width": 1366, "height": 768}))
    asking(page, "Ask")
    expect(page.locator(".ask-do")).to_contain_text("once the network has been saved")
    train(page)
    until_status(page, "Done")
    page.get_by_role("textbox", name="Beginning").fill("a boy")
    button(page, "Ask").click()
    expect(page.locator("pre.reply b")).to_have_text("a boy")
    expect(page.locator(".ask-do")).to_contain_text("as it was at step")
    expect(page.locator("pre.reply")).to_be_in_viewport(ratio=1)  # it has scrolled there by itself
    page.wait_for_function("() => document.querySelector('pre.reply').textContent.length === 5 + 200")
    screenshot(page, "ask-writes")
    first = page.locator("pre.reply").text_content()
    button(page, "Ask").click()
    page.wait_for_function("() => document.querySelector('pre.reply')?.textContent.length === 5 + 200")
    assert page.locator("pre.reply").text_content() == first
    complaints.forgive("422")
    page.get_by_role("textbox", name="Beginning").fill("☃")
    expect(page.locator("pre.reply b")).to_have_text("a boy")  # what was asked, not what is typed
    button(page, "Ask").click()
    expect(page.locator("form.ask .problems")).to_contain_text("has never seen")


def test_tokens_that_may_come_next_are_listed(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    page = ready(open_page(shared(STORIES)))
    train(page)
    until_status(page, "Done")
    asking(page, "Ask")
    page.get_by_role("combobox", name="Question").select_option("What comes next?")
    button(page, "Ask").click()
    expect(page.locator(".next-tokens .share").nth(5)).to_be_visible()
    expect(page.locator(".next-tokens .left-out")).to_have_count(0)
    page.get_by_label("Temperature", exact=True).fill("0")
    page.keyboard.press("Enter")
    button(page, "Ask").click()
    expect(page.locator(".next-tokens .share:not(.left-out)")).to_have_count(1)
    screenshot(page)


def test_a_step_is_measured_by_length_beside_a_network_that_was_measured_before(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    page = open_page(shared(STORIES), viewport={"width": 1366, "height": 1500})
    for layer in ("LSTM", "GRU"):
        if layer == "GRU":
            other = [STORIES["networks"]["main"]["layers"][0], {"kind": "gru", "units": 8}]
            page.goto(page.url.partition("?")[0] + shared({**STORIES, "networks": {"main": {"layers": other}}})[1:])
        train(ready(page))
        until_status(page, "Done")
        asking(page, "Ask")
        page.get_by_role("combobox", name="Question").select_option("Time of a step")
        page.get_by_label("Longest", exact=True).fill("286")  # of a thousand places in powers, from 16 to 2,048: 64
        button(page, "Ask").click()
        table = page.locator(".times-table").filter(has_text=f"Embedding → {layer}")
        expect(table.locator("tbody th")).to_have_text(["16", "32", "64"], timeout=60_000)
    chains = page.locator(".times-table").first.locator("td:last-child").all_text_contents()
    assert chains == ["66", "130", "258"]
    expect(page.locator(".times-table")).to_have_count(2)
    expect(page.locator(".log-plot").nth(2).locator("polyline")).to_have_count(2)
    screenshot(page, "step-times")


def test_a_sentence_is_read_word_by_word_in_chinese_too(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    page = ready(open_page(shared(REVIEWS), locale="zh-CN"))
    page.locator("button.train").click()
    asking(page, "提问")
    page.get_by_role("textbox", name="文字").fill("the food is not good")
    expect(page.locator(".ask-do button")).not_to_have_attribute("aria-disabled", "true")
    page.locator(".ask-do button").click()
    expect(page.locator(".read-words span")).to_have_count(5)
    screenshot(page, "ask-reads")


def test_a_sound_of_ones_own_is_heard_and_classified(
    open_page: OpenPage, screenshot: TakeScreenshot, complaints: Complaints, tmp_path: Path
) -> None:
    sound, other = tmp_path / "a.wav", tmp_path / "other.wav"
    sound.write_bytes(wav(vowel("a", 1.0, 120), width=3, channels=2))
    other.write_text("no sound")
    page = ready(open_page(shared(VOWELS)))
    asking(page, "Ask")
    train(page)
    until_status(page, "Done")
    complaints.forgive("422")
    button(page, "Ask").click()
    expect(page.locator("form.ask .problems")).to_contain_text("no sound to listen to")
    choose = page.locator("form.ask input[type=file]")
    choose.set_input_files(other)
    expect(page.locator("form.ask .drop")).to_contain_text("cannot read that as a sound")
    choose.set_input_files(sound)
    expect(page.locator("form.ask .drop")).to_contain_text("a.wav, 0.8 s")
    button(page, "Ask").click()
    expect(page.locator(".reply .share")).to_have_count(10)
    expect(page.locator(".reply .series-strip")).to_be_visible()
    screenshot(page, "ask-listens")
    button(page, "Record").click()  # there is no microphone here
    expect(page.locator("form.ask .drop")).to_contain_text("gave no microphone")
