"""A column of one's own table as a series, from the file to its forecast with dates."""

import math
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, TakeScreenshot
from tests.browser.playground import PATIENCE, button, experiment_of, ready, train
from tests.browser.test_own_data import bring, opened, use

pytestmark = pytest.mark.browser
FIRST = date(2024, 1, 1)


def test_a_column_of_ones_own_is_forecast_by_date(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    lines = [f"{FIRST + timedelta(day)},{200 + 30 * math.sin(day / 7):.1f},{day % 3}" for day in range(240)]
    content = "\n".join(["day,load,shift", *lines]).encode()
    page = ready(open_page())
    window = opened(page)
    bring(window, {"name": "load.csv", "mimeType": "text/csv", "buffer": content})
    button(page, "Forecast a column instead").click(timeout=PATIENCE)
    window.get_by_label("What goes on").select_option("load")
    expect(window.get_by_label("In which order")).to_have_value("day")
    screenshot(page, "window")
    use(window)
    ready(page)
    document = experiment_of(page)
    assert (document["dataset"]["kind"], document["task"]["kind"]) == ("own_series", "forecasting")
    assert document["dataset"]["earliest"] == "2024-01-01"
    expect(page.get_by_text("How “load” goes on, in the order of “day”.")).to_be_visible()
    train(page)
    dates = page.locator(".series-dates span")
    expect(dates).to_have_count(3)
    expect(dates.first).to_contain_text("2024")
    screenshot(page, "forecast")
    button(page, "Choose the columns…").click()
    expect(window.get_by_label("What goes on")).to_have_value("load")
    button(page, "The table with all its columns").click()
    expect(window.get_by_label("What is to be predicted", exact=True)).to_be_visible()
