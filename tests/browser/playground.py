"""The playground as a person uses it: what the journeys do on it and read from it."""

import base64
import json
import re
import zlib
from typing import Any

from playwright.sync_api import Locator, Page, expect

from app.experiment.upgrades import upgraded
from app.runs.record import record
from tests.browser.server import Server, until

Document = dict[str, Any]
# Milliseconds for training to come somewhere. It is so nice that beside busy tests it gets a thirtieth of a core.
PATIENCE = 180_000


def small(epochs: int = 30, **changes: Any) -> Document:
    """An experiment that trains quickly."""
    document: Document = {
        "version": 1,
        "dataset": {"kind": "gaussians", "samples": 200},
        "task": {"kind": "classification"},
        "networks": {"main": {"layers": [{"kind": "linear", "units": 4}, {"kind": "tanh"}]}},
        "loss": {"kind": "bce_with_logits"},
        "optimizer": {"kind": "adam", "lr": 0.01},
        "training": {"batch_size": 10, "epochs": epochs},
    }
    return upgraded(document | changes)


def endless(**changes: Any) -> Document:
    """An experiment that goes on until it is stopped."""
    return small(1_000_000, **changes)


def shared(document: Document, name: str = "A journey") -> str:
    """The path of a link that holds an experiment."""
    packer = zlib.compressobj(wbits=-15)
    packed = packer.compress(json.dumps({"experiment": document, "name": name}).encode()) + packer.flush()
    return "/#e=" + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def linked(page: Page) -> Document:
    """The experiment in the address."""
    code = address(page).partition("#e=")[2].partition("&")[0]
    packed = base64.urlsafe_b64decode(code + "=" * (-len(code) % 4))
    return json.loads(zlib.decompress(packed, wbits=-15))["experiment"]


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def share(page: Page) -> None:
    """Presses Share; its word is hidden where there is little room."""
    page.get_by_role("button", name=re.compile("Share|Copy a link")).click()
    expect(page.get_by_text("The link is copied.").first).to_be_visible()


def ready(page: Page) -> Page:
    """Waits until one can train."""
    # By its class: to find a button by its name, the names of all are made out, which costs as much as a click.
    expect(page.locator("button.train")).to_be_enabled()
    expect(page.locator(".car-card.output").first).to_be_visible()
    return page


def asking(page: Page, name: str) -> None:
    """Opens the tab that asks, once there is something to ask."""
    page.get_by_role("radio", name=name, exact=True).click(force=True)
    expect(page.locator("form.ask")).to_be_visible()


def train(page: Page) -> str:
    """Presses Train, waits for the first step, and gives the run's id."""
    button(page, "Train").click()
    page.wait_for_function("() => new URLSearchParams(location.search).has('run')", timeout=PATIENCE)
    until_step(page, 1)
    return run_id(page)


def run_id(page: Page) -> str:
    return page.evaluate("() => new URLSearchParams(location.search).get('run')")


def address(page: Page) -> str:
    """Where the page is; unlike `page.url`, asks the page itself."""
    return page.evaluate("() => location.href")


def step(page: Page) -> int:
    """The step that the page shows."""
    text = page.locator(".playback-counts .counter").nth(1).inner_text()
    return int(re.sub(r"\D", "", text) or 0)


def until_step(page: Page, at_least: int) -> None:
    page.wait_for_function(
        """(least) => Number(document.querySelectorAll('.playback-counts .counter')[1]
             ?.textContent.replace(/\\D/g, '') ?? 0) >= least""",
        arg=at_least,
        timeout=PATIENCE,
    )


def until_status(page: Page, *words: str) -> None:
    """Waits until the run's status is one of these words."""
    expect(page.locator(".status-word")).to_have_text(re.compile("|".join(words)), timeout=PATIENCE)


def until_accuracy(page: Page, percent: float) -> None:
    """Waits until the page shows a validation accuracy above so many per cent."""
    page.wait_for_function(
        """(least) => [...document.querySelectorAll('.metric')].some(({textContent: text}) =>
             /Validation accuracy/.test(text) && Number.parseFloat(text.match(/[\\d.]+ ?%/)) > least)""",
        arg=percent,
        timeout=PATIENCE,
    )


def type_number(page: Page, label: str, value: float | str) -> None:
    """Types into the number of a setting."""
    page.get_by_role("textbox", name=f"{label}, typed", exact=True).fill(str(value))


def open_more_settings(page: Page) -> Locator:
    """Opens the card with what does not stand in the bar of settings."""
    page.locator("#training > button").click()
    card = page.get_by_role("dialog", name="More settings")
    expect(card.locator(".field").first).to_be_visible()
    return card


def open_more_data(page: Page) -> Locator:
    """Opens the card with what is seldom changed about the data, and a look at the samples."""
    page.locator(".data-more").click()
    card = page.locator(".data-card")
    expect(card).to_be_visible()
    return card


def open_why(page: Page) -> Locator:
    """Opens the reasons for what the line says."""
    page.locator("#line > .button.quiet").click()
    card = page.get_by_role("dialog", name="Why")
    expect(card.locator(".why-body")).to_be_visible()
    return card


def experiment_of(page: Page) -> Document:
    """The document on the page."""
    return page.evaluate("trainyard.experiment.value")


def columns(page: Page) -> dict[str, list[float]]:
    """The curves that the page holds."""
    return page.evaluate(
        """(({length, store}) => Object.fromEntries(['step', 'train_loss', 'learning_rate'].map(
             (name) => [name, Array.from(store[name]?.subarray(0, length) ?? [])])))(trainyard.run.value.columns)"""
    )


def recorded(server: Server, run: str) -> dict[str, list[float]]:
    """The same curves as the server's log has them."""
    measured = record(server.events(run)).measured
    return {name: [row[name] for row in measured.values()] for name in ("step", "train_loss", "learning_rate")}


def expect_no_point_missing(page: Page, server: Server, run: str) -> None:
    """The run must be over: the page's curves become those of the log, point by point."""
    wanted = recorded(server, run)
    until(lambda: columns(page) == wanted, "every recorded point on the page", 10)
    assert len(wanted["step"]) == len(set(wanted["step"])) > 100
