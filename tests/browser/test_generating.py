"""What is seen of networks that draw: the way from noise, the plane of codes, and what an examiner says.

One file, though long: its journeys share the networks that draw, and a few ways to look at a canvas.
"""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage, TakeScreenshot
from tests.browser.playground import (
    PATIENCE,
    Document,
    asking,
    button,
    experiment_of,
    ready,
    shared,
    small,
    step,
    train,
    until_status,
)
from tests.browser.server import until

pytestmark = pytest.mark.browser
LINEAR: Document = {"kind": "linear", "units": 32}
TOLD: list[Document] = [LINEAR, {"kind": "time_embedding"}, {"kind": "silu"}]
PICTURE: list[Document] = [{"kind": "linear", "units": 64}, {"kind": "reshape", "sizes": [1, 8, 8]}]
GELU: list[Document] = [{"kind": "linear", "units": 64}, {"kind": "gelu"}]
LEARNING: dict[str, Any] = {"optimizer": {"kind": "adam", "lr": 0.003}, "loss": {"kind": "mse"}, "version": 2}
POINTS = small(
    20,
    dataset={"kind": "islands", "samples": 400},
    task={"kind": "diffusion"},
    networks={"main": {"layers": TOLD * 2}},
    **LEARNING,
) | {"training": {"batch_size": 10, "epochs": 20, "averaging": 0.98}}
CODES = small(
    task={"kind": "variational_autoencoder", "code": 4},
    dataset={"kind": "digits", "samples": 400},
    networks={
        "encoder": {"layers": [{"kind": "flatten"}, *GELU]},
        "decoder": {"layers": [*GELU, *PICTURE], "head": False},
    },
    **LEARNING,
) | {"training": {"batch_size": 20, "epochs": 30}}
ASKED = small(
    task={"kind": "diffusion", "conditional": True},
    dataset={"kind": "digits", "samples": 400},
    networks={
        "main": {
            "layers": [{"kind": "flatten"}, LINEAR, {"kind": "class_embedding"}, *TOLD[1:], *TOLD, *PICTURE],
            "head": False,
        }
    },
    **LEARNING,
) | {"training": {"batch_size": 20, "epochs": 20}}


def pixels(canvas: Locator) -> str:
    """What is drawn on a canvas now."""
    return canvas.evaluate("canvas => canvas.toDataURL()")


def until_drawn_otherwise(canvas: Locator, before: str) -> str:
    until(lambda: pixels(canvas) != before, "another picture")
    return pixels(canvas)


def switch(page: Page, name: str) -> None:
    """Switches something that is drawn on or off. By a key: a click could meet the heading that stays in sight."""
    page.get_by_role("checkbox", name=name, exact=True).press("Space")


def finished(page: Page) -> Page:
    train(ready(page))
    until_status(page, "Done")
    return page


def test_points_walk_from_noise_to_data_under_the_slider(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    page = finished(open_page(shared(POINTS)))
    canvas = page.locator(".plane > canvas")
    slider = page.get_by_role("slider", name="From noise to data")
    expect(page.locator(".stage-slider output")).to_have_text("Diffusion step 0 of 100")
    for layer in ("Real", "Field"):
        switch(page, layer)
    end = pixels(canvas)
    slider.press("Home")
    expect(page.locator(".stage-slider output")).to_have_text("Diffusion step 100 of 100")
    start = until_drawn_otherwise(canvas, end)
    slider.press("ArrowRight")
    expect(page.locator(".stage-slider output")).to_have_text("Diffusion step 95 of 100")
    slider.press("End")
    until(lambda: pixels(canvas) == end, "the points of the end, the same as before")
    for layer in ("Paths", "Made out"):
        switch(page, layer)
        end = until_drawn_otherwise(canvas, end)
    expect(page.locator(".plane-key")).to_contain_text("made out")
    expect(page.locator(".filmstrip li canvas")).to_have_count(6)
    page.set_viewport_size({"width": 1440, "height": 1400})  # with room for the pictures over time
    strip = page.locator(".filmstrip li canvas").last
    expect(strip).to_be_visible()
    expect(page.locator(".whose-weights")).to_contain_text("Drawn by averaged weights")
    averaged = pixels(canvas), pixels(strip)
    switch(page, "Weights in training")
    expect(page.locator(".whose-weights")).to_contain_text("Drawn by the weights in training")
    until_drawn_otherwise(canvas, averaged[0])
    until_drawn_otherwise(strip, averaged[1])
    told = (
        r"By the MMD, drawn points can(not)? be told from real ones: .*\d, .*halves of the real ones stay below .*\d\."
    )
    expect(page.locator("#output")).to_contain_text(re.compile(told))
    assert start != end
    screenshot(page)


def test_codes_are_drawn_and_each_number_says_how_much_it_tells(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    page = finished(open_page(shared(CODES)))
    plane = page.locator(".latent-plane").filter(has_text="New samples")
    expect(plane.locator("canvas")).to_have_count(2)
    expect(plane.locator(".told-bar")).to_have_count(4)
    expect(plane).to_contain_text(re.compile(r"[1-4] of 4 numbers of the code tell anything"))
    expect(plane).not_to_contain_text("collapsed")
    first = plane.locator("canvas").first
    now = pixels(first)
    page.get_by_role("slider", name="Look back").press("Home")
    until(lambda: step(page) == 0, "the first moment")
    until_drawn_otherwise(first, now)
    screenshot(page, full_page=True)


def test_a_collapsed_posterior_is_named_and_one_click_mends_it(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    dear = CODES | {"task": {**CODES["task"], "beta": 20}}
    page = finished(open_page(shared(dear)))
    expect(page.locator("#line")).to_contain_text("The posterior has collapsed.")
    expect(page.locator(".latent-plane").first).to_contain_text("0 of 4 numbers of the code tell anything")
    screenshot(page)
    button(page, "Set β to 1").first.click()
    until(lambda: experiment_of(page)["task"]["beta"] == 1, "β 1")


def test_pictures_come_out_of_noise_class_by_class_and_are_examined(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    page = finished(open_page(shared(ASKED)))
    drawn = page.locator(".generated-pictures")
    expect(drawn.locator(".column-names span")).to_have_text([str(digit) for digit in range(10)])
    pictures, real = drawn.locator("canvas").first, drawn.locator("canvas").last
    before = pixels(pictures), pixels(real)
    drawn.get_by_role("slider", name="From noise to data").press("Home")
    expect(drawn.locator("output")).to_have_text("Diffusion step 100 of 100")
    until_drawn_otherwise(pictures, before[0])
    until_drawn_otherwise(real, before[1])
    noisy = pixels(pictures)
    switch(page, "Made-out pictures")
    until_drawn_otherwise(pictures, noisy)
    examined = page.get_by_role("region", name="Examined")
    expect(examined).to_contain_text(re.compile(r"names [89]\d(\.\d)? ?% correctly"))
    for name in ("As asked", "Sure of a class", "Classes reached", "Rarest class", "Copied", "Diversity"):
        expect(examined.get_by_role("rowheader", name=name, exact=True)).to_be_visible()
    expect(examined.get_by_role("columnheader")).to_have_text(
        ["This network", "Mixture of gaussians", "Real, held out"]
    )
    expect(examined.locator(".share-bar")).to_have_count(10)
    screenshot(page, full_page=True)


def test_a_class_is_asked_for_in_few_steps(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    page = finished(open_page(shared(ASKED)))
    asking(page, "Ask")
    form = page.locator("form.ask")
    form.get_by_role("textbox", name="Samples, typed").fill("6")
    for name, begins, value in (("Class", "0", "7"), ("Sampling steps", "20", "3")):
        form.get_by_role("switch", name=name).check()
        expect(form.get_by_role("textbox", name=name)).to_have_value(begins)
        form.get_by_role("textbox", name=name).fill(value)
    button(page, "Ask").click()
    replies = page.locator(".reply-pictures canvas")
    expect(replies).to_have_count(6, timeout=PATIENCE)
    sevens = pixels(replies.first)
    form.get_by_role("textbox", name="Class").fill("1")
    button(page, "Ask").click()
    until_drawn_otherwise(replies.first, sevens)
    expect(replies).to_have_count(6, timeout=PATIENCE)
    screenshot(page)


def draw(board: Locator, *, down: bool) -> None:
    """A line over a board, from the left or from the top to the middle of the other side."""
    box = board.bounding_box()
    assert box
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    begin = (middle[0], box["y"] + 8) if down else (box["x"] + 8, middle[1])
    mouse = board.page.mouse
    mouse.move(*begin)
    mouse.down()
    mouse.move(*middle, steps=4)
    mouse.move(2 * middle[0] - begin[0], 2 * middle[1] - begin[1], steps=4)
    mouse.up()


def test_a_walk_from_one_own_drawing_to_another(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    page = finished(open_page(shared(CODES)))
    asking(page, "Ask")
    page.get_by_role("radio", name="From one drawing to another").press("Space")
    first, second = page.get_by_role("group", name="First drawing"), page.get_by_role("group", name="Second drawing")
    draw(first.locator(".board"), down=True)
    draw(second.locator(".board"), down=False)
    button(page, "Ask").click()
    pictures = page.locator(".reply-pictures canvas")
    expect(pictures).to_have_count(11, timeout=PATIENCE)
    expect(page.locator(".reply-pictures figcaption")).to_have_text(["given", "drawn", "given"])
    assert len({pixels(pictures.nth(at)) for at in (0, 1, 5, 9, 10)}) == 5
    before = pixels(pictures.nth(0))
    screenshot(page)
    first.get_by_role("button", name="From a sample").click()
    button(page, "Ask").click()
    until_drawn_otherwise(pictures.first, before)


def test_noise_is_laid_over_an_own_drawing_and_every_class_made_of_it(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    page = finished(open_page(shared(ASKED)))
    asking(page, "Ask")
    page.get_by_role("combobox", name="Question").select_option("Take noise away")
    draw(page.get_by_role("group", name="Drawing", exact=True).locator(".board"), down=True)
    button(page, "Ask").click()
    expect(page.locator(".reply-pictures canvas")).to_have_count(22, timeout=PATIENCE)
    captions = ["given", "under noise", "made out at once", "made clean"]
    expect(page.locator(".reply-pictures figcaption")).to_have_text(captions)
    screenshot(page)


def test_points_are_asked_for_beside_the_real_ones(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    page = finished(open_page(shared(POINTS)))
    asking(page, "Ask")
    page.get_by_role("combobox", name="Question").select_option("From one noise to another")
    button(page, "Ask").click()
    drawn = page.locator(".reply-points canvas")
    expect(drawn).to_be_visible(timeout=PATIENCE)
    before = pixels(drawn)
    page.get_by_role("textbox", name="Second seed").fill("5")
    button(page, "Ask").click()
    until_drawn_otherwise(drawn, before)
    screenshot(page)
    page.get_by_role("radio", name="Result", exact=True).press("Space")
    expect(page.locator(".plane > canvas")).to_be_visible()


def test_few_steps_are_compared_with_many(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    page = finished(open_page(shared(POINTS)))
    asking(page, "Ask")
    question = page.get_by_role("combobox", name="Question")
    question.select_option("Steps against quality")
    button(page, "Ask").click()
    cells = page.locator(".steps-against-quality td button")
    expect(cells).to_have_count(14, timeout=PATIENCE)
    expect(page.locator(".steps-against-quality figcaption").first).to_contain_text("few steps can do")
    drawn = page.locator(".reply-points canvas")
    last = pixels(drawn)
    cells.first.click()
    expect(cells.first).to_have_attribute("aria-pressed", "true")
    until_drawn_otherwise(drawn, last)
    screenshot(page)
    question.select_option("Loss by diffusion step")
    button(page, "Ask").click()
    expect(page.locator("figure.reply")).to_contain_text("Hardest is step", timeout=PATIENCE)
    expect(page.locator(".reply-curves polyline")).to_have_count(2)
    screenshot(page, name="by time")


def test_a_point_is_dragged_over_the_plane_of_codes(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    page = finished(open_page(shared(CODES)))
    ground, drawn = page.locator(".code-ground"), page.locator(".code-drawn canvas")
    point = page.get_by_role("slider", name="The code that is drawn")
    expect(page.locator(".code-plane figcaption")).to_contain_text("Each is a cloud")
    expect(page.locator(".code-plane .plane-key span")).to_have_count(10)  # a mark for each class
    page.set_viewport_size({"width": 1366, "height": 768})
    assert page.locator(".output-panel").evaluate("one => one.scrollWidth - one.clientWidth") == 0  # nothing is cut
    expect(drawn).to_have_count(0)  # nothing is asked before the point was moved
    ground.scroll_into_view_if_needed()
    box = ground.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    for share in (0.4, 0.3, 0.2, 0.1):
        page.mouse.move(box["x"] + share * box["width"], box["y"] + share * box["height"])
    page.mouse.up()
    expect(drawn).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".code-drawn [role=status]")).to_contain_text("as it was at step")
    upper_left = told(point)
    assert upper_left[0] < -2 < 2 < upper_left[1]
    picture = pixels(drawn)
    for _ in range(20):
        point.press("ArrowRight")
    until_drawn_otherwise(drawn, picture)
    assert told(point)[0] > upper_left[0] + 2
    assert told(point)[1] == upper_left[1]
    screenshot(page, full_page=True)


def told(point: Locator) -> list[float]:
    """The two numbers of the code that a point stands for."""
    text = point.get_attribute("aria-valuetext") or ""
    return [float(number.split(": ")[1].replace("−", "-")) for number in text.split(", ")]


def test_a_digit_that_was_never_learned_is_told_by_its_error(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    odd = CODES | {
        "dataset": {"kind": "digits", "samples": 400, "left_out": 7},
        "task": {"kind": "autoencoder", "code": 4},
    }
    page = finished(open_page(shared(odd)))
    caption = page.locator(".reconstructions figcaption")
    share = r"(0\.\d+|1)"
    expect(caption).to_contain_text(
        re.compile(rf"never learned.*: {share} by the network, {share} by PCA; .* training samples {share}\.")
    )
    expect(page.get_by_text("Validation AUROC")).to_be_visible()
    screenshot(page, full_page=True)


def test_every_neuron_of_a_generator_and_of_a_discriminator_has_a_picture(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    layers = [{"kind": "linear", "units": 8}, {"kind": "leaky_relu"}]
    page = ready(
        open_page(
            shared(
                small(
                    dataset={"kind": "islands", "samples": 200},
                    task={"kind": "gan", "latent": 3},
                    loss={"kind": "least_squares"},
                    networks={
                        "generator": {"layers": [*layers, LINEAR | {"units": 2}], "head": False},
                        "discriminator": {"layers": layers},
                    },
                )
            )
        )
    )
    for network, count in (("generator", 3 + 8 + 2), ("discriminator", 2 + 8 + 1)):
        neurons = page.locator(f"[data-network={network}] .neuron canvas")
        expect(neurons).to_have_count(count)
        expect(page.locator(f"[data-network={network}] .neuron canvas[data-kind=samples]")).to_have_count(count)
    screenshot(page)
