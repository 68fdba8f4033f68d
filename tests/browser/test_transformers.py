"""What is seen of attention, of blanks, and of translations.

One file, though long: its journeys share two trained networks.
"""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, TakeScreenshot
from tests.browser.playground import (
    PATIENCE,
    Document,
    asking,
    button,
    experiment_of,
    open_more_data,
    open_why,
    ready,
    run_id,
    shared,
    small,
    train,
    until_status,
)
from tests.browser.server import Server

pytestmark = pytest.mark.browser
EMBEDDING: Document = {"kind": "embedding", "width": 8}
BLOCK: Document = {"kind": "transformer_block", "heads": 2, "feedforward": 16, "rotary": True}
DECODER: Document = {"kind": "decoder_block", "heads": 2, "feedforward": 16, "rotary": True}
TALL: Any = {"viewport": {"width": 1366, "height": 1500}}
BLANKS: Document = small(
    3,
    version=2,
    dataset={"kind": "reviews", "samples": 100},
    task={"kind": "masked_language_model"},
    networks={"main": {"layers": [EMBEDDING, BLOCK, BLOCK]}},
    loss={"kind": "cross_entropy"},
)
DATES: Document = small(
    3,
    version=2,
    dataset={"kind": "dates_in_words", "samples": 100},
    task={"kind": "translation", "memory": 8},
    networks={"encoder": {"layers": [EMBEDDING, BLOCK]}, "decoder": {"layers": [EMBEDDING, DECODER]}},
    loss={"kind": "cross_entropy"},
)


def trained(page: Page) -> Page:
    train(ready(page))
    until_status(page, "Done")
    return page


def test_heads_are_a_wall_and_one_is_large_with_what_the_network_was_given(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    page = trained(open_page(shared(BLANKS), **TALL))
    heads = page.locator(".attention-heads .button")
    expect(heads).to_have_count(4)  # of two blocks
    expect(page.locator(".attention-head > small")).to_contain_text("Transformer block 2, Head 1")
    expect(page.locator(".attention-top span", has_text="▢").first).to_be_visible()  # a blank is no word
    heads.nth(1).click()
    expect(heads.nth(1)).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".attention-head > small")).to_contain_text("Transformer block 1, Head 2")
    first = page.locator(".attention-left span").first
    first.hover()
    expect(page.locator(".attention-left .under-cursor")).to_have_count(1)
    expect(page.locator(".attention-head figcaption")).to_contain_text(
        re.compile(rf"^{re.escape(first.text_content() or '')} looks at: ")
    )
    picture = page.get_by_role("img", name="Which places this head looks at")
    picture.focus()
    page.keyboard.press("ArrowDown")
    second = page.locator(".attention-left span").nth(1)
    expect(second).to_have_class(re.compile("under-cursor"))
    screenshot(page)


def test_heads_are_told_by_what_they_do_and_from_which_step_on(open_page: OpenPage, server: Server) -> None:
    page = trained(open_page(shared(BLANKS), **TALL))
    rows = page.locator(".head-roles tbody tr")
    expect(rows).to_have_count(4)
    expect(rows.first.locator("th")).to_have_text("Transformer block 1, head 1")
    for row in rows.all():
        share = float((row.locator("td").nth(1).text_content() or "").rstrip(" %"))
        since = row.locator("td").nth(2)
        if share < 50:
            expect(since).to_have_text("–")
        else:
            expect(since).to_have_text(re.compile(r"^[\d,]+$"))
    kept = server.get(f"/runs/{run_id(page)}/frames")["frames"]
    page.wait_for_function(  # all kept moments are fetched
        "(least) => document.querySelector('.head-roles polyline').points.numberOfItems >= least", arg=len(kept)
    )
    roles = {"itself", "the one before", "the one behind", "the first", "what followed"}
    assert {row.locator("td").first.text_content() for row in rows.all()} <= roles


def test_a_head_is_switched_off_and_the_loss_without_it_stands_beside_that_with_it(
    open_page: OpenPage, server: Server, screenshot: TakeScreenshot
) -> None:
    page = trained(open_page(shared(BLANKS), **TALL))
    page.locator(".attention-heads .button").nth(1).click()
    page.get_by_role("switch", name="Without this head").check()
    rows = page.locator(".head-compared tbody tr")
    expect(rows.first).to_have_text(re.compile(r"^Validation loss[\d.]+$"))
    with_it, without = (rows.first.locator("td").nth(at).text_content() or "" for at in (0, 1))
    assert float(with_it) != float(without)
    metrics = server.get(f"/runs/{run_id(page)}")["metrics"]
    assert float(with_it) == pytest.approx(metrics["validation_loss"], rel=2e-3)
    page.locator(".attention-heads .button").nth(2).click()
    expect(rows.first.locator("td").nth(1)).not_to_have_text(without)
    screenshot(page)
    page.get_by_role("switch", name="Without this head").uncheck()
    expect(page.locator(".head-compared")).to_have_count(0)


def test_blanks_are_filled_with_the_likeliest_words(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    page = trained(open_page(shared(BLANKS), **TALL))
    texts = page.locator(".fills p")
    expect(texts).to_have_count(6)
    for text in texts.all():
        blank = text.locator(".fill").first
        expect(blank).to_have_attribute("title", re.compile(r"^In the text: \S+"))
        expect(blank.locator("b")).to_have_text(re.compile(r"^\S+( ✓)? [\d.<]+ ?%$"))
        expect(blank.locator("small")).to_have_count(2)
    for blank in page.locator(".fill").all():  # a tick stands at the word of the text, and nowhere else
        word = (blank.get_attribute("title") or "").removeprefix("In the text: ")
        ticked = [guess for guess in blank.locator("b, small").all_text_contents() if "✓" in guess]
        assert all(guess.startswith(f"{word} ✓") for guess in ticked)
    screenshot(page)


def test_words_of_a_text_are_hidden_by_a_press_and_what_the_network_puts_there_is_told(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    page = trained(open_page(shared(BLANKS), **TALL))
    asking(page, "Ask")
    button(page, "A text of the data").click()
    text = page.get_by_role("textbox", name="Text", exact=True).input_value()
    words = page.locator(".words .button")
    expect(words).to_have_text(text.split())
    words.nth(1).focus()
    page.keyboard.press("Enter")
    expect(words.nth(1)).to_have_attribute("aria-pressed", "true")
    expect(words.nth(1).locator("small")).to_have_count(2)
    expect(words.nth(1)).to_have_attribute("title", f"Show “{text.split()[1]}” again")
    expect(page.locator(".reply figcaption").first).to_have_text(
        re.compile(rf"^Blank 1: “{text.split()[1]}” stood there; it is held [\d.<]+ ?% likely$")
    )
    likeliest = page.locator(".reply .share").first
    name, share = likeliest.locator(".share-name").text_content(), likeliest.locator(".value").text_content()
    ticked = " ✓" if name == text.split()[1] else ""
    expect(words.nth(1).locator("b")).to_have_text(f"{name}{ticked} {share}")
    rows = page.locator(".words-apart tbody tr")
    expect(rows).to_have_count(len(text.split()))
    expect(rows.nth(1)).to_have_text(re.compile(r"^▢[\d.<]+ ?%–$"))
    expect(rows.nth(0)).to_have_text(re.compile(rf"^{text.split()[0]}[\d.<]+ ?%[\d.<]+ ?%$"))
    expect(page.locator(".words-apart figcaption")).to_contain_text(f"“{name}” is held {share} likely")
    words.nth(2).click()
    expect(page.locator("figure.reply")).to_have_count(2)
    screenshot(page)
    for place in (1, 2):  # what is shown again leaves its place to those behind it
        words.nth(place).click()
        expect(words.nth(place)).to_have_text(text.split()[place])
    expect(words).to_have_text(text.split())
    expect(page.locator("figure.reply")).to_have_count(0)


def test_a_text_is_read_with_the_other_mask_too(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    page = trained(open_page(shared(BLANKS), **TALL))
    page.get_by_role("radio", name="Ask", exact=True).click(force=True)
    page.get_by_role("combobox", name="Question").select_option("Other mask")
    page.get_by_role("textbox", name="Text").fill("the food is good and the room")
    button(page, "Ask").click()
    lines = page.locator(".masks-compared .attention-text")
    expect(lines).to_have_count(2)
    for line in lines.all():
        expect(line.locator("span")).to_have_text(["the", "food", "is", "good", "and", "the", "room"])
    expect(page.locator(".masks-compared small").first).to_contain_text("full mask: sees all places, as it was trained")
    expect(page.locator(".masks-compared small").nth(1)).to_contain_text("causal mask")
    maps = page.locator(".mask-maps canvas")
    expect(maps).to_have_count(2)
    page.locator(".mask-heads button").nth(1).click()
    expect(page.locator(".mask-heads button").nth(1)).to_have_attribute("aria-pressed", "true")
    screenshot(page)


def test_what_would_be_said_after_each_block_stands_block_by_block(open_page: OpenPage) -> None:
    page = trained(open_page(shared(BLANKS), **TALL))
    asking(page, "Ask")
    page.get_by_role("combobox", name="Question").select_option("Block by block")
    page.get_by_role("textbox", name="Text", exact=True).fill("the food is _")
    button(page, "Ask").click()
    expect(page.locator(".lens thead th")).to_have_text(["the", "food", "is", "▢"])
    rows = page.locator(".lens tbody tr")
    expect(rows.locator("th")).to_have_text(["goes in", "Block 1", "Block 2"])
    expect(rows.last.locator("td")).to_have_count(4)
    expect(rows.last.locator("td.same small")).to_have_count(1)


def test_rows_of_tokens_and_places_add_up_number_by_number(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    layers = [EMBEDDING, {"kind": "learned_position", "places": 32}, BLOCK]
    page = trained(open_page(shared({**BLANKS, "networks": {"main": {"layers": layers}}}), **TALL))
    rows = page.locator(".input-rows canvas")
    expect(rows).to_have_count(3)
    rows.first.focus()
    for _ in range(2):
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowRight")
    token = page.locator(".input-rows .token").nth(2)
    expect(token).to_have_class(re.compile("under-cursor"))
    told = page.locator(".input-rows p")
    expect(told).to_have_text(re.compile(r"^Number 3 of 8: "))
    text = (told.text_content() or "").partition(": ")[2].replace("−", "-").replace("(", "").replace(")", "")
    added, _, total = text.partition(" = ")
    assert sum(map(float, added.split(" + "))) == pytest.approx(float(total), abs=2e-3)
    screenshot(page)


def test_a_translation_is_seen_while_it_is_learned_and_written(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    page = trained(open_page(shared(DATES), **TALL))
    lines = page.locator(".translations > .button")
    expect(lines).to_have_count(8)
    expect(page.locator(".translations > p")).to_have_text(re.compile(r"^\d of 8 written exactly$"))
    expect(page.locator(".attention-heads .button")).to_have_count(4)  # of both networks
    expect(page.locator("h3, .network-title").filter(has_text="Decoder").first).to_be_visible()
    lines.nth(2).click()
    expect(lines.nth(2)).to_have_attribute("aria-pressed", "true")
    words = (lines.nth(2).locator("span").first.text_content() or "").split()
    assert page.locator(".alignment thead th").all_text_contents() == words
    screenshot(page, "translations")
    page.get_by_role("radio", name="Ask", exact=True).click(force=True)
    page.get_by_role("textbox", name="Text").fill("the third of May nineteen ninety-nine")
    button(page, "Ask").click()
    read = page.locator(".reply .alignment thead th")
    expect(read).to_have_text(["the", "third", "of", "may", "nineteen", "ninety", "nine"])
    expect(page.locator("form.ask").get_by_role("button", name="Stop")).to_have_count(0)
    first = page.locator("pre.reply").text_content()
    written = page.locator(".reply .alignment tbody th").all_text_contents()
    assert "".join(written) == first
    screenshot(page, "translated")
    button(page, "Ask").click()
    expect(page.locator("pre.reply")).to_have_text(first or "")
    page.get_by_role("switch", name="Beams").check()
    count = page.get_by_role("textbox", name="Beams")
    expect(count).to_have_value("4")
    count.click()  # it is in sight
    button(page, "Ask").click()
    expect(page.locator(".beams tbody tr")).to_have_count(4)
    expect(page.locator("form.ask").get_by_role("button", name="Stop")).to_have_count(0)
    likely = [float(cell.replace("−", "-")) for cell in page.locator(".beams td:last-child").all_text_contents()]
    assert likely == sorted(likely, reverse=True)
    best = (page.locator(".beams tr.first th").text_content() or "").removesuffix(" ■")
    assert best == page.locator("pre.reply").text_content()
    assert "".join(page.locator(".reply .alignment tbody th").all_text_contents()) == best
    screenshot(page, "beams")
    page.get_by_role("tab", name="Cost").click()
    expect(page.locator(".cost tbody")).to_have_count(4)
    expect(page.locator(".cost tbody").nth(1).locator("tr").first).to_contain_text(re.compile(r"This run1,800$"))
    seconds = page.locator(".cost tbody").nth(3).locator("tr")
    expect(seconds.nth(0)).to_have_text(re.compile(r"^This run[\d.]+$"))
    power_of_ten = r"([\d.,]+·)?10[⁰¹²³⁴-⁹]+"  # 1·10¹³ is written 10¹³
    expect(seconds.nth(1)).to_have_text(re.compile(f"^GPT-2≥ {power_of_ten}$"))
    expect(seconds.nth(2)).to_have_text(re.compile(f"^GPT-3≈ {power_of_ten}$"))
    screenshot(page, "cost")
    expect(page.locator(".cost")).to_contain_text(re.compile(r"GPT-3 would take [\d.,·×⁰-⁹]+.* years"))


def test_the_data_of_a_translation_are_shown_with_what_is_to_be_written(open_page: OpenPage) -> None:
    page = ready(open_page(shared(DATES)))
    open_more_data(page)
    page.get_by_text("All samples").click()
    rows = page.locator(".token-rows figure")
    expect(rows.first).to_contain_text(re.compile(r"[a-z].*→ \d{4}-\d\d-\d\d■$"))


def test_tokens_are_never_read_with_the_vocabulary_of_other_data(open_page: OpenPage) -> None:
    page = trained(open_page(shared(DATES), **TALL))
    sources = page.locator(".translations > .button > span")
    expect(sources.first).to_have_text(re.compile("^[a-z ]+$"))
    numbers = {**DATES, "dataset": {"kind": "numbers_in_words", "samples": 100, "language": "zh"}}
    page.evaluate("(hash) => { location.hash = hash; }", shared(numbers).removeprefix("/"))
    expect(sources.first).to_have_text(re.compile("^[一二三四五六七八九十百千万两零〇]+$"), timeout=PATIENCE)


def test_two_stages_are_walked_through_and_share_their_negation(open_page: OpenPage, server: Server) -> None:
    page = ready(open_page("/"))
    page.get_by_role("button", name="Experiments").click()
    card = page.locator(".gallery-card").filter(has=page.get_by_text("A hundred labels", exact=True))
    card.get_by_role("button", name="With “not”, begun from the first stage: nothing gained").click()
    page.wait_for_function("() => trainyard.experiment.value.task.kind === 'masked_language_model'")
    assert experiment_of(page)["dataset"]["negation"] == 0.5
    first = train(ready(page))
    server.post(f"/runs/{first}/commands", {"kind": "stop"})  # what it has learned until now is enough
    until_status(page, "Stopped")
    open_why(page).get_by_role("button", name="On to the second stage").click()
    page.wait_for_function("() => trainyard.experiment.value.task.kind === 'classification'")
    second = experiment_of(page)
    assert second["networks"]["main"]["from_run"] == {"run": first, "network": "main"}
    assert (second["dataset"]["negation"], second["dataset"]["most"]) == (0.5, 2)
    why = page.get_by_role("dialog", name="Why")  # it is still open
    expect(why).to_contain_text("Second stage: it starts from what “Strange words” has learned.")


def test_an_output_can_be_tied_to_the_embedding_on_its_form(open_page: OpenPage) -> None:
    page = ready(open_page(shared(BLANKS)))
    parameters = page.locator(".network-head")
    before = parameters.inner_text()
    page.locator(".car-card.output").click()
    page.get_by_role("switch", name="Tied to the embedding").check()
    page.wait_for_function("trainyard.experiment.value.networks.main.tied === true")
    expect(parameters).not_to_have_text(before)
    page.get_by_role("switch", name="Added for you").uncheck()
    expect(page.get_by_role("switch", name="Tied to the embedding")).to_have_count(0)


def test_a_class_token_stands_in_front_of_the_words_that_a_head_looks_at(open_page: OpenPage) -> None:
    layers = [EMBEDDING, {"kind": "class_token"}, BLOCK, {"kind": "first_step"}]
    document = {
        **BLANKS,
        "task": {"kind": "classification"},
        "networks": {"main": {"layers": layers}},
        "loss": {"kind": "bce_with_logits"},
    }
    page = trained(open_page(shared(document), **TALL))
    names = page.locator(".attention-left span")
    expect(names.first).to_have_text("[CLS]")
    expect(names.nth(1)).to_have_text(re.compile(r"^[a-z]+$"))
    names.first.hover()
    expect(page.locator(".attention-head figcaption")).to_contain_text(re.compile(r"^\[CLS\] looks at: "))
