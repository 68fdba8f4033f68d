"""What is seen and heard of sequences.

One file, though long: its journeys share the strips and maps with one cursor.
"""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Complaints, OpenPage, TakeScreenshot
from tests.browser.playground import Document, open_more_data, ready, shared, small, train, until_status
from tests.browser.server import until

SOUNDS_PLAYED = """() => {
window.played = [];
const start = AudioBufferSourceNode.prototype.start;
AudioBufferSourceNode.prototype.start = function (...given) {
  window.played.push(this.buffer.getChannelData(0).reduce((most, one) => Math.max(most, one), 0));
  return start.apply(this, given);
};
}"""


def sequences(dataset: Document, *layers: Document, **changes: Any) -> Document:
    """A small network that reads sequences."""
    return small(3, dataset=dataset, networks={"main": {"layers": list(layers)}}, **changes)


def trained(page: Page) -> Page:
    train(ready(page))
    until_status(page, "Done")
    return page


def test_sounds_are_played_from_the_numbers_that_the_network_reads(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    vowels = sequences(
        {"kind": "vowels", "samples": 200},
        {"kind": "gru", "units": 8, "gives": "last"},
        loss={"kind": "cross_entropy"},
    )
    page = trained(open_page(shared(vowels)))
    page.evaluate(SOUNDS_PLAYED)
    open_more_data(page)
    page.get_by_text("All samples").click()
    expect(page.locator(".strip-classes .series-strip.bands").first).to_be_visible()
    page.get_by_role("button", name="Hear it").first.click()
    until(lambda: page.evaluate("window.played.length") == 1)
    page.keyboard.press("Escape")
    page.locator(".picture-answers .picture-answer").first.click()
    until(lambda: page.evaluate("window.played.length") == 2)
    assert page.evaluate("Math.min(...window.played)") > 0.2
    expect(page.get_by_text(re.compile("Choose a sample to hear it")).first).to_be_visible()
    screenshot(page)


def test_labels_are_shown_right_and_wrong_at_every_place(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    counting = sequences(
        {"kind": "counting", "most": 8},
        {"kind": "embedding", "width": 4},
        {"kind": "lstm", "units": 6},
        task={"kind": "tagging"},
        loss={"kind": "cross_entropy"},
        training={"batch_size": 4, "epochs": 3},
    )
    page = trained(open_page(shared(counting)))
    blocks = page.locator(".tag-block")
    expect(blocks).to_have_count(2)
    expect(blocks.first).to_contain_text(re.compile(r"\d of 4 right at every place"))
    expect(blocks.last).to_contain_text(re.compile(r"\d of 2 right at every place"))
    blocks.first.locator("canvas").hover(position={"x": 4, "y": 40})
    expect(blocks.first).to_contain_text("Place 1, a: ")
    open_more_data(page)
    page.get_by_text("All samples").click()
    expect(page.locator(".token-rows .token").first).to_have_attribute("title", "a or b")
    screenshot(page)


def test_one_cursor_serves_text_states_gates_and_gradients(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    reviews = sequences(
        {"kind": "reviews", "samples": 100},
        {"kind": "embedding", "width": 4},
        {"kind": "lstm", "units": 6, "gives": "last"},
    )
    page = trained(open_page(shared(reviews), viewport={"width": 1366, "height": 1500}))
    maps = page.locator(".gate-map .state-picture canvas")
    expect(maps).to_have_count(6)  # three gates, the candidate, the cell, the gradient
    page.locator(".state-map .state-picture canvas").hover(position={"x": 3, "y": 3})
    expect(page.locator(".state-picture .cursor")).to_have_count(7)
    expect(page.get_by_text("The text has the colours of unit 1.")).to_be_visible()
    assert page.locator(".state-tokens span").first.get_attribute("style")
    expect(page.locator(".conveyor")).to_contain_text("time step 1.")
    expect(page.get_by_text(re.compile("Time step 1: ∂L/∂h"))).to_be_visible()
    maps.nth(1).hover(position={"x": 60, "y": 20})
    expect(page.locator(".conveyor")).not_to_contain_text("time step 1.")
    page.get_by_label("Order of the units").select_option("most varied first")
    page.locator(".state-map .state-picture canvas").hover(position={"x": 3, "y": 3})
    expect(page.get_by_text(re.compile("unit [1-6], time step 1: "))).to_be_visible()
    screenshot(page)


def test_a_recurrent_layer_is_unrolled_into_a_column_for_each_time_step(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    counting = sequences(
        {"kind": "counting", "most": 20},
        {"kind": "embedding", "width": 4},
        {"kind": "lstm", "units": 6},
        task={"kind": "tagging"},
        loss={"kind": "cross_entropy"},
    )
    page = ready(open_page(shared(counting)))
    expect(page.locator(".car-unfold")).to_have_count(1)  # an embedding hands nothing on
    page.get_by_role("button", name="Unroll it: a column for each time step").click()
    unrolled = page.get_by_role("group", name=re.compile(r"LSTM, a column for each of 2\d time steps"))
    expect(unrolled.locator(".step-entering").first).to_have_text("a")
    expect(unrolled).to_contain_text("The same layer, with the same W and U, at every time step.")
    trained(page)
    expect(unrolled).to_be_visible()  # remembered while it learned
    numbers = unrolled.locator(".step-number")
    folded = unrolled.get_by_role("button", name=re.compile(r"Time steps folded here: \d+"))
    expect(folded).to_have_count(1)
    unrolled.locator(".step-state canvas[data-name=h]").nth(2).hover(position={"x": 4, "y": 3})
    expect(page.locator(".state-picture .cursor").first).to_be_visible()
    expect(page.locator(".state-tokens .under-cursor")).to_have_count(1)
    said = unrolled.locator("small.quiet").inner_text()
    number = re.search(r"h = ([−\d.]+)", said)
    there = re.search(r"unit 1, time step 3: ([−\d.]+)", page.locator(".state-map small.quiet").inner_text())
    assert number is not None, said
    assert there is not None
    state, known = (float(match[1].replace("−", "-")) for match in (number, there))
    assert abs(state - known) < 0.01
    folded.click()
    expect(numbers.nth(1)).not_to_have_text("2")  # those behind the fold have made room
    cursor = unrolled.get_by_role("slider", name="Time step")
    cursor.press("Home")
    expect(cursor).to_have_attribute("aria-valuetext", re.compile(r"^Time step 1 of 2\d · a · unit 1: c = .*, h = "))
    cursor.press("ArrowRight")
    expect(cursor).to_have_attribute("aria-valuenow", "2")
    screenshot(page)
    diagram = page.get_by_role("application", name="Network diagram")
    diagram.focus()
    for key in ("ArrowRight", "ArrowRight", "u"):
        diagram.press(key)
    expect(unrolled).to_have_count(0)


def test_both_directions_of_a_layer_are_unrolled_over_a_series(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    adding = sequences(
        {"kind": "adding", "samples": 60, "length": 12},
        {"kind": "gru", "units": 4, "bidirectional": True, "gives": "last"},
        task={"kind": "regression"},
        loss={"kind": "mse"},
    )
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    page = ready(open_page(shared(adding), **phone))
    unroll = page.get_by_role("button", name="Unroll it: a column for each time step")
    assert_finger_wide(unroll)
    unroll.tap()
    unrolled = page.locator(".unrolled")
    expect(unrolled.locator("b", has_text="h→")).to_be_visible()
    expect(unrolled.locator("b", has_text="h←")).to_be_visible()
    expect(unrolled.locator(".step-entering").first).to_have_text(re.compile(r"0\.\d+[01]$"))
    assert_finger_wide(unrolled.locator(".step-fold").first)
    ends = unrolled.locator(".step-way", has_text="↑ y")
    expect(ends).to_have_count(2)  # of each direction the last state alone leaves
    screenshot(page)


def assert_finger_wide(button: Locator) -> None:
    box = button.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44, box


def steps_on_card(page: Page, column: int, tile: int = 0) -> dict[str, tuple[str, float | None]]:
    """Opens a neuron or a channel, and gives the steps on its card by name: formula and number."""
    page.locator(f'.neuron:has(canvas[data-column="{column}"])').nth(tile).click()
    card = page.locator(".neuron-card")
    expect(card.locator(".step-table")).to_be_visible()
    expect(card.locator(".step-table .number").last).not_to_be_empty()
    rows: list[list[str]] = card.locator(".step-table tr").evaluate_all(
        "(rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent))"
    )
    told: dict[str, tuple[str, float | None]] = {}
    for name, formula, number in rows:
        plain = re.sub(r"[·×]10", "e", number.replace("−", "-")).translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
        told[name] = (formula, float(plain) if plain else None)
    return told


def test_card_of_an_lstm_shows_the_steps_to_a_state_and_its_numbers(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    adding = sequences(
        {"kind": "adding", "samples": 60, "length": 12},
        {"kind": "lstm", "units": 4, "gives": "last"},
        task={"kind": "regression"},
        loss={"kind": "mse"},
    )
    page = trained(open_page(shared(adding)))
    steps = steps_on_card(page, 1)
    assert list(steps)[-3:] == ["s", "h", "h[last]"]
    assert steps["c"][0] == "= f·c[t−1] + i·g"
    number = {name: value for name, (_, value) in steps.items() if value is not None}
    assert abs(number["f"] * number["c[t−1]"] + number["i"] * number["g"] - number["c"]) < 0.01
    assert abs(number["o"] * number["s"] - number["h[last]"]) < 0.01
    screenshot(page)


def test_card_of_a_gru_over_a_series_shows_the_steps_at_a_moment(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    adding = sequences(
        {"kind": "adding", "samples": 60, "length": 12},
        {"kind": "gru", "units": 4},
        {"kind": "last_step"},
        task={"kind": "regression"},
        loss={"kind": "mse"},
    )
    page = trained(open_page(shared(adding)))
    steps = steps_on_card(page, 1)
    assert steps["h"][0] == "= k·n + z·h[t−1]"
    number = {name: value for name, (_, value) in steps.items() if value is not None}
    mixed = number["k"] * number["n"] + number["z"] * number["h[t−1]"]
    assert abs(mixed - number["h"]) < 0.03  # maps come in 256 steps
    screenshot(page)


def test_card_of_a_transformer_block_shows_what_is_added_to_what_arrives(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    reviews = sequences(
        {"kind": "reviews", "samples": 100},
        {"kind": "embedding", "width": 4},
        {"kind": "transformer_block", "heads": 2, "feedforward": 8},
        {"kind": "mean_over_time"},
    )
    page = trained(open_page(shared(reviews)))
    steps = steps_on_card(page, 2)
    assert steps["s"] == ("= softmax(q·k / √d)·v", None)
    number = {name: value for name, (_, value) in steps.items() if value is not None}
    assert abs(number["x"] + number["a"] - number["z"]) < 0.02
    assert abs(number["z"] + number["f"] - number["y"]) < 0.02
    screenshot(page)


def test_memory_curves_of_two_networks_stand_side_by_side(
    open_page: OpenPage, screenshot: TakeScreenshot, complaints: Complaints
) -> None:
    def adding(kind: str) -> Document:
        reader = {"kind": kind, "units": 4, "gives": "last"}
        dataset = {"kind": "adding", "samples": 100, "length": 12}
        return sequences(dataset, reader, task={"kind": "regression"}, loss={"kind": "mse"})

    page = trained(open_page(shared(adding("lstm"))))
    curves = page.locator(".memory li")
    expect(curves).to_have_text([re.compile("^LSTM: .* of the variance at the longest lag")])
    complaints.forgive("409")  # the page ends what this tab trained before, which has ended
    page.evaluate("(link) => (location.href = link)", shared(adding("gru")))  # the page stays
    expect(page.locator(".car-card").filter(has_text="GRU").first).to_be_visible()
    trained(page)
    expect(curves).to_have_text([re.compile("^LSTM: "), re.compile("^GRU: ")])
    expect(page.locator(".memory polyline.now")).to_have_count(1)
    screenshot(page)
