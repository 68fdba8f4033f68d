"""A text of one's own, from the file to what the network writes; and tokens as chips."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Complaints, OpenPage, TakeScreenshot
from tests.browser.playground import PATIENCE, button, experiment_of, open_more_data, ready, train
from tests.browser.test_own_data import bring, opened, use

pytestmark = pytest.mark.browser
RHYME = "Humpty Dumpty sat on a wall. Humpty Dumpty had a great fall.\n天地玄黄，宇宙洪荒。\n"


def test_a_text_of_ones_own_is_cut_learned_and_written(
    open_page: OpenPage, complaints: Complaints, screenshot: TakeScreenshot
) -> None:
    complaints.forgive("status of 422")  # of a preview of fewer windows than are asked for
    page = ready(open_page())
    window = opened(page)
    bring(window, {"name": "童谣 rhyme.txt", "mimeType": "text/plain", "buffer": (RHYME * 300).encode("gb18030")})
    expect(window.get_by_text("different ones, in 600 lines, written in GB18030.")).to_be_visible(timeout=PATIENCE)
    expect(window.get_by_label("How the text begins")).to_contain_text("天地玄黄，宇宙洪荒。")
    screenshot(page, "window")
    use(window)
    ready(page)
    document = experiment_of(page)
    assert (document["dataset"]["kind"], document["task"]["kind"]) == ("own_text", "language_model")
    expect(page.get_by_text(re.compile("A text of 21,600 characters"))).to_be_visible()

    page.get_by_label("Tokenizer", exact=True).select_option("byte_pairs")
    problem = page.get_by_text(re.compile("windows of .* would take more. Take fewer windows."))
    expect(problem).to_be_visible(timeout=PATIENCE)
    page.get_by_role("button", name=re.compile(r"Use \d+ windows")).click()
    expect(problem).to_have_count(0)
    open_more_data(page)
    page.get_by_text("All samples").click()
    rows = page.get_by_role("region", name="Samples")
    expect(rows).to_contain_text(re.compile(r"\d+ tokens were learned; one has [\d.]+ characters on average"))
    expect(rows.get_by_text("Humpty", exact=True).first).to_have_attribute("title", re.compile(r"Token number \d+"))
    screenshot(page, "tokens")
    page.keyboard.press("Escape")

    train(page)
    surprise = page.locator(".written .token-strip").first
    surprise.locator(".token").nth(3).hover()
    expect(page.locator(".written .token.under-cursor")).to_have_count(page.locator(".written .token-strip").count())
    screenshot(page, "written")
    button(page, "Compare with simpler methods").click()
    compared = page.get_by_label("Simpler methods")
    expect(compared).to_contain_text("Counting, order 7", timeout=PATIENCE)
    expect(compared.locator("caption")).to_contain_text("Bits per character")
    screenshot(page, "compared")


def test_a_text_that_is_a_table_is_read_again_as_one(open_page: OpenPage) -> None:
    page = ready(open_page())
    window = opened(page)
    lines = ["weight,loud", *(f"{row % 17},{'yes' if row % 17 > 8 else 'no'}" for row in range(80))]
    bring(window, {"name": "table.txt", "mimeType": "text/plain", "buffer": "\n".join(lines).encode()})
    expect(window.get_by_label("How the text begins")).to_contain_text("weight,loud", timeout=PATIENCE)
    button(page, "It is a table: read its columns").click()
    expect(window.get_by_label("What is to be predicted", exact=True)).to_have_value("loud", timeout=PATIENCE)
