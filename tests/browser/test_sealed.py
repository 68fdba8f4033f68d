"""The test result stays in its envelope until somebody opens it, and lies open for everybody from then on."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, TakeScreenshot
from tests.browser.playground import button, ready, run_id, shared, small, train, until_status
from tests.browser.server import Server

pytestmark = pytest.mark.browser


def test_the_envelope_is_opened_on_the_page_counted_by_the_server_and_open_after_a_reload(
    open_page: OpenPage, server: Server, screenshot: TakeScreenshot
) -> None:
    page = ready(open_page(shared(small(10), "An envelope")))
    envelope = page.get_by_role("region", name="Test result")
    expect(button(page, "Open")).to_be_disabled()  # nothing is trained yet
    train(page)
    until_status(page, "Done")
    run = run_id(page)
    assert "test_loss" not in server.get(f"/runs/{run}")["metrics"]
    runs = open_page("/runs")
    runs.locator(f"li.run[data-run={run}]").get_by_role("checkbox").check(force=True)
    offered = runs.get_by_role("region", name="Comparison").get_by_role("combobox", name="Metric").locator("option")
    expect(offered.filter(has_text="Validation accuracy")).to_have_count(1)
    expect(offered.filter(has_text="Test")).to_have_count(0)

    button(page, "Open").click()
    expect(envelope).to_contain_text("opened once")
    told = server.get(f"/runs/{run}")
    assert told["openings"] == 1
    accuracy = told["metrics"]["test_accuracy"]
    expect(envelope).to_contain_text("100 %" if accuracy == 1 else f"{100 * accuracy:.3g}")
    screenshot(page)
    button(page, "Seal").click()
    expect(envelope).to_contain_text("sealed")
    page.reload()
    expect(envelope).to_contain_text("opened once")
    expect(button(page, "Seal")).to_be_visible()
    assert server.get(f"/runs/{run}")["openings"] == 1
    runs.reload()
    runs.locator(f"li.run[data-run={run}]").get_by_role("checkbox").check(force=True)
    expect(offered.filter(has_text="Test accuracy")).to_have_count(1)
