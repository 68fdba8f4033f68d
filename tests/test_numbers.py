"""Python writes numbers and sentences as the page does; `tests/js/i18n.test.js` reads the same lists."""

import json
from pathlib import Path

import pytest

from app.web.filling import filled
from app.web.language import Code, language
from app.web.numbers import metric_written, percent, written

FIXTURES = Path(__file__).parent / "fixtures"
LIST = json.loads((FIXTURES / "numbers.json").read_text("utf-8"))
FILLED = json.loads((FIXTURES / "filled.json").read_text("utf-8"))


@pytest.mark.parametrize(("number", "text"), LIST["numbers"])
def test_a_number_is_written_as_on_the_page(number: float | str, text: str) -> None:
    assert written(float(number)) == text


@pytest.mark.parametrize(("share", "text"), LIST["shares"])
def test_a_share_is_written_as_per_cent(share: float | str, text: str) -> None:
    assert percent(float(share)) == text


def test_chinese_writes_a_share_without_a_blank_and_a_power_with_a_cross() -> None:
    for number, text in LIST["numbers in Chinese"]:
        assert written(float(number), chinese=True) == text
    for share, text in LIST["shares in Chinese"]:
        assert percent(float(share), chinese=True) == text
    assert metric_written("validation_accuracy", 0.937, chinese=True) == "93.7%"


@pytest.mark.parametrize(("template", "values", "text"), FILLED)
def test_blanks_beside_a_value_in_chinese_are_those_that_the_value_needs(
    template: str, values: dict[str, str], text: str
) -> None:
    assert filled(template, values, chinese=True) == text


def test_metrics_are_written_by_their_names() -> None:
    assert metric_written("validation_accuracy", 0.937) == "93.7 %"
    assert metric_written("train_mean_iou", 0.937) == "93.7 %"
    assert metric_written("validation_rmse", 0.937) == "0.937"
    assert metric_written("validation_r2", -0.25) == "−0.25"


@pytest.mark.parametrize("code", ["en", "zh"])
def test_whole_numbers_in_sentences_are_grouped_and_keep_all_digits(code: Code) -> None:
    told = language(code).problem("{given} is too large: {bound} is the most.", given=-12345, bound=4294967295)
    assert "−12,345" in told
    assert "4,294,967,295" in told


def test_a_sentence_never_says_nan() -> None:
    assert language("en").t("doctor", "The loss is {loss}.", loss=float("nan")) == "The loss is –."
