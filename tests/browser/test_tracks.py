"""Several networks on tracks of their own: what moves which, which learns in a step, how one feeds the other."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from app.experiment.presets.digits_to_order import DIGITS_TO_ORDER
from app.experiment.presets.preset import Document
from tests.browser.conftest import OpenPage, TakeScreenshot
from tests.browser.playground import PATIENCE, button, ready, run_id, shared, small, until_status
from tests.browser.server import Server

pytestmark = pytest.mark.browser
LINEAR = {"kind": "linear", "units": 8}
TANH = {"kind": "tanh"}


def islands(**changes: Any) -> Document:
    """A small GAN, whose networks move one after another."""
    return small(
        dataset={"kind": "islands", "samples": 200},
        task={"kind": "gan", "latent": 2},
        loss={"kind": "least_squares"},
        networks={
            "generator": {"layers": [LINEAR, TANH, LINEAR | {"units": 2}], "head": False},
            "discriminator": {"layers": [LINEAR, TANH]},
        },
        **changes,
    )


def squeezed(frozen: bool) -> Document:
    """An autoencoder, whose networks move together; its encoder may stay as it is."""
    encoder = [LINEAR | {"frozen": frozen}, TANH, LINEAR | {"frozen": frozen}]
    return small(
        task={"kind": "autoencoder"},
        loss={"kind": "mse"},
        networks={"encoder": {"layers": encoder, "head": False}, "decoder": {"layers": [LINEAR, TANH]}},
    )


def learning(page: Page, network: str) -> Locator:
    return page.locator(f"[data-network={network}] .track-learning")


@pytest.mark.parametrize(
    ("loss", "locale", "told"),
    [
        ("least_squares", "en-US", "Equal losses are no success"),
        ("wasserstein", "zh-CN", "两个损失相等不代表训练成功"),
    ],
    ids=["least_squares", "wasserstein"],
)
def test_beside_the_losses_of_two_networks_stands_that_equal_ones_are_no_success(
    open_page: OpenPage, screenshot: TakeScreenshot, loss: str, locale: str, told: str
) -> None:
    page = ready(open_page(shared(islands() | {"loss": {"kind": loss}}), locale=locale))
    beside = page.locator(".curve-view").get_by_text(told)
    expect(beside).to_be_visible()
    screenshot(page)
    page.locator(".curve-view [role=tab][aria-selected=false]").first.click()
    expect(beside).to_have_count(0)


def test_beside_the_loss_of_one_network_stands_no_such_thing(open_page: OpenPage) -> None:
    page = ready(open_page(shared(small())))
    expect(page.locator(".curve-view .chart")).to_be_visible()
    expect(page.locator(".curve-view").get_by_text("Equal losses")).to_have_count(0)


def test_phases_of_a_step_say_which_network_learns_and_which_stands_still(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    page = ready(open_page(shared(islands())))
    expect(page.locator(".track-learning")).to_have_count(0)
    button(page, "Train one batch (key .)").click()
    line = page.locator("#line")
    expect(line.locator("[aria-pressed=true]")).to_contain_text("1 Discriminator", timeout=PATIENCE)
    expect(learning(page, "discriminator")).to_have_text("learns in this step")
    expect(learning(page, "generator")).to_have_text("stands still in this step")
    expect(page.locator(".siding")).to_have_text("the answer of Generator")
    button(page, "Next phase").click()
    expect(line.locator("[aria-pressed=true]")).to_contain_text("2 Generator")
    expect(line.locator(".phase-told")).to_contain_text("comes back through Discriminator")
    expect(learning(page, "generator")).to_have_text("learns in this step")
    expect(learning(page, "discriminator")).to_have_text("stands still in this step")
    expect(page.locator(".siding")).to_have_text("the gradient goes back to Generator")
    expect(page.locator(".siding .back").first).to_be_attached()
    screenshot(page)
    button(page, "End").click()
    expect(page.locator(".track-learning")).to_have_count(0)


def test_one_network_steps_alone_and_the_line_says_so(
    open_page: OpenPage, server: Server, screenshot: TakeScreenshot
) -> None:
    page = ready(open_page(shared(islands())))
    button(page, "Train one batch (key .)").click()
    until_status(page, "Paused")
    button(page, "Step Generator only").click()
    line = page.locator("#line")
    expect(line).to_contain_text("Step 2", timeout=PATIENCE)
    expect(line.locator(".phase")).to_have_count(1)
    expect(line.locator("[aria-pressed=true]")).to_contain_text("1 Generator")
    expect(learning(page, "generator")).to_have_text("learns in this step")
    expect(learning(page, "discriminator")).to_have_text("stands still in this step")
    commands = [event["command"] for event in server.events(run_id(page)) if event["type"] == "command_applied"]
    assert commands[-1]["networks"] == ["generator"]
    screenshot(page)


def test_networks_that_move_together_have_the_phases_of_one(open_page: OpenPage) -> None:
    page = ready(open_page(shared(squeezed(frozen=False))))
    button(page, "Train one batch (key .)").click()
    expect(page.locator("#line [aria-pressed=true]")).to_contain_text("1 Forward", timeout=PATIENCE)
    expect(page.locator(".track-learning")).to_have_count(0)


def test_frozen_network_is_marked_and_so_are_its_layers(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    page = ready(open_page(shared(squeezed(frozen=True))))
    expect(learning(page, "encoder")).to_have_text("frozen: learns nothing")
    expect(learning(page, "decoder")).to_have_count(0)
    expect(page.locator("[data-network=encoder] .car-card.frozen")).to_have_count(2)
    expect(page.locator("[data-network=decoder] .car-card.frozen")).to_have_count(0)
    screenshot(page)


def test_each_track_has_a_name_an_optimizer_and_the_way_into_it(
    open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    page = ready(open_page(shared(DIGITS_TO_ORDER.experiment)))
    for name in ("Encoder", "Decoder"):
        expect(page.get_by_role("heading", name=name)).to_be_visible()
        expect(page.get_by_title(f"What moves {name}")).to_be_visible()
    expect(page.locator(".siding")).to_have_text("the answer of Encoder")
    upper, lower = (page.locator(f"[data-network={name}]").bounding_box() for name in ("encoder", "decoder"))
    assert upper
    assert lower
    assert upper["y"] + upper["height"] <= lower["y"] + 1
    screenshot(page)
