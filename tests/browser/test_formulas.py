"""Features of one's own are typed as formulas: a mistake is told while typing; what can be read becomes an input."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints, OpenPage, TakeScreenshot
from tests.browser.playground import button, experiment_of, ready, shared, small, train, until_accuracy

pytestmark = pytest.mark.browser
REFUSED = "422"  # there is no picture of an experiment that has a problem


def formulas(page: Page) -> list[str]:
    return experiment_of(page)["dataset"].get("formulas", [])


def test_a_formula_is_typed_mended_and_learned_from(open_page: OpenPage, screenshot: TakeScreenshot) -> None:
    circle = {"kind": "circle", "samples": 200, "features": ["x1", "x2"]}
    page = ready(open_page(shared(small(60, dataset=circle, networks={"main": {"layers": []}}))))
    button(page, "+ formula").click()
    typed = page.get_by_role("textbox", name="Formula", exact=True)
    expect(typed).to_be_focused()
    typed.press_sequentially("x1^2 + x2^2 - abs x1")
    expect(page.get_by_text("After “abs” a bracket must open, at character 19.")).to_be_visible()
    typed.press("Enter")
    assert formulas(page) == []  # what cannot be read is not kept
    screenshot(page, "problem")
    button(page, "Put the bracket").click()
    expect(typed).to_have_value("x1^2 + x2^2 - abs(x1)")
    typed.press("Enter")
    expect(button(page, "+ formula")).to_be_focused()
    assert formulas(page) == ["x1^2 + x2^2 - abs(x1)"]
    expect(page.locator(".network-flow")).to_have_text("3 → 1")
    expect(page.get_by_role("img", name="x₁² + x₂² − abs(x₁)")).to_be_visible()
    train(page)
    until_accuracy(page, 95)
    screenshot(page, "learned")


def test_a_formula_is_changed_kept_by_leaving_and_removed(open_page: OpenPage) -> None:
    typed = {"kind": "circle", "samples": 200, "formulas": ["x1*x2", "x1^2"]}
    page = ready(open_page(shared(small(dataset=typed))))
    button(page, "Change the formula x₁·x₂").click()
    field = page.get_by_role("textbox", name="Formula", exact=True)
    expect(field).to_have_value("x1*x2")
    field.fill("x1^2")
    expect(page.get_by_text("x₁² is the same as x₁² everywhere")).to_be_visible()
    field.fill("x2^2")
    page.get_by_role("heading", name="Network").click()
    expect(field).to_have_count(0)
    assert formulas(page) == ["x2^2", "x1^2"]
    button(page, "+ formula").click()
    field.press("Escape")
    expect(field).to_have_count(0)
    button(page, "Remove the formula x₂²").click()
    assert formulas(page) == ["x1^2"]
    button(page, "Undo").click()
    assert formulas(page) == ["x2^2", "x1^2"]


def test_in_chinese_a_formula_may_be_typed_with_wide_signs(
    open_page: OpenPage, screenshot: TakeScreenshot, complaints: Complaints
) -> None:
    complaints.forgive(REFUSED)
    broken = {"kind": "circle", "samples": 200, "formulas": ["2x1"]}
    page = open_page(shared(small(dataset=broken)), locale="zh-CN", color_scheme="dark")
    expect(page.get_by_text("缺少 + 或 * 之类的运算符").first).to_be_visible()
    button(page, "+ 公式").click()
    field = page.get_by_role("textbox", name="公式", exact=True)
    field.press_sequentially("（x1＋２）×y")
    expect(page.get_by_text("第 8 个字符处：这里没有“y”。")).to_be_visible()
    screenshot(page, "problems")
    field.fill("（x1＋２）×x2")
    field.press("Enter")
    button(page, "改成相乘").first.click()
    expect(button(page, "改成相乘")).to_have_count(0)
    expect(page.locator(".network-flow")).to_have_text("4 → 4 → 1")
    assert formulas(page) == ["2*x1", "（x1＋２）×x2"]
