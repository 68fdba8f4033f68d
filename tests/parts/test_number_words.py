"""How numbers and dates are said, by examples that people would write."""

from datetime import date
from itertools import product
from typing import Any

import numpy as np
import pytest

from app.parts.datasets.dates_in_words import DatesInWords
from app.parts.datasets.number_words import CHINESE, DIGITS, ENGLISH, ONES, TENS, Ways, chinese, english
from app.parts.datasets.numbers_in_words import NumbersInWords
from app.parts.datasets.prepared import prepare
from app.parts.problem import Problem


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "zero"),
        (13, "thirteen"),
        (20, "twenty"),
        (42, "forty two"),
        (100, "one hundred"),
        (110, "one hundred ten"),
        (1000, "one thousand"),
        (305_006, "three hundred five thousand six"),
        (999_999, "nine hundred ninety nine thousand nine hundred ninety nine"),
        (2_000_010, "two million ten"),
    ],
)
def test_a_number_in_english(number: int, said: str) -> None:
    assert " ".join(english(number)) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (305_006, "three hundred and five thousand and six"),
        (110, "one hundred and ten"),
        (1100, "one thousand one hundred"),
        (2004, "two thousand and four"),
        (1_000_100, "one million one hundred"),
    ],
)
def test_a_number_as_in_britain(number: int, said: str) -> None:
    assert " ".join(english(number, joined=True)) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "零"),
        (2, "二"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (105, "一百零五"),
        (110, "一百一十"),
        (222, "二百二十二"),
        (1005, "一千零五"),
        (1050, "一千零五十"),
        (2000, "两千"),
        (10_000, "一万"),
        (20_000, "两万"),
        (22_000, "两万两千"),
        (100_000, "十万"),
        (120_000, "十二万"),
        (200_000, "二十万"),
        (305_006, "三十万五千零六"),
        (10_500, "一万零五百"),
        (1_000_010, "一百万零一十"),
        (200_000_000, "两亿"),
        (100_003_000, "一亿零三千"),
        (120_003_000, "一亿两千万三千"),
        (999_999_999, "九亿九千九百九十九万九千九百九十九"),
    ],
)
def test_a_number_in_chinese(number: int, said: str) -> None:
    assert chinese(number) == said


@pytest.mark.parametrize(
    ("number", "ways", "said"),
    [
        (23, Ways(twenty=True), "廿三"),
        (20, Ways(twenty=True), "廿"),
        (230_000, Ways(twenty=True), "廿三万"),
        (123, Ways(twenty=True), "一百二十三"),
        (105, Ways(zero="〇"), "一百〇五"),
        (22_200, Ways(two="二"), "二万二千二百"),
        (22_200, Ways(two_hundred="两"), "两万两千两百"),
    ],
)
def test_other_ways_in_chinese(number: int, ways: Ways, said: str) -> None:
    assert chinese(number, ways) == said


def number_of(words: str) -> int:
    """The other way round, by a rule of its own: each unit multiplies what stands before it."""
    total = section = digit = 0
    for sign in words.replace("廿", "二十").replace("两", "二").replace("〇", "零"):
        if sign in DIGITS:
            digit = DIGITS.index(sign)
        elif sign in "十百千":
            section, digit = section + (digit or 1) * 10 ** ("十百千".index(sign) + 1), 0
        else:
            total, section, digit = (total + section + digit) * {"万": 10**4, "亿": 10**8}[sign], 0, 0
            if sign == "亿":
                return total + number_of(words.partition("亿")[2])
    return total + section + digit


def of_english(words: list[str]) -> int:
    total = group = 0
    for word in words:
        if word in ONES:
            group += ONES.index(word)
        elif word in TENS:
            group += 10 * TENS.index(word)
        elif word == "hundred":
            group *= 100
        elif word != "and":
            total, group = total + group * {"thousand": 10**3, "million": 10**6}[word], 0
    return total + group


def test_every_number_can_be_read_back_in_each_of_its_ways() -> None:
    random = np.random.default_rng(0)
    numbers = [*range(1200), *(int(value) for value in 10 ** random.uniform(3, 9, 2000))]
    for number in numbers:
        for zero, two, hundred, twenty in product("零〇", "两二", "二两", (False, True)):
            assert number_of(chinese(number, Ways(zero, two, hundred, twenty))) == number
        for joined in (False, True):
            assert of_english(english(number, joined)) == number


@pytest.mark.parametrize(
    ("language", "day", "said"),
    [
        ("en", date(2024, 5, 3), "the third of may twenty twenty four"),
        ("en", date(2004, 5, 3), "the third of may two thousand four"),
        ("en", date(1905, 12, 21), "the twenty first of december nineteen oh five"),
        ("en", date(1900, 1, 30), "the thirtieth of january nineteen hundred"),
        ("zh", date(2024, 5, 3), "二〇二四年五月三日"),
        ("zh", date(1999, 12, 31), "一九九九年十二月三十一日"),
    ],
)
def test_a_date_as_it_is_written_out(language: Any, day: date, said: str) -> None:
    words = DatesInWords(language=language).in_words(day.toordinal(), None)
    assert ("" if language == "zh" else " ").join(words) == said


def test_a_date_is_said_in_all_the_ways_that_the_help_names() -> None:
    random = np.random.default_rng(0)
    for language, expected in (
        (
            "en",
            {"may third two thousand and four", "the third of may two thousand four", "third of may two thousand four"},
        ),
        ("zh", {"二〇〇四年五月三日", "二零零四年五月三号", "两千零四年五月三号", "两千〇四年五月三日"}),
    ):
        dataset = DatesInWords.model_validate({"language": language})
        gap = " " if language == "en" else ""
        found = {gap.join(dataset.in_words(date(2004, 5, 3).toordinal(), random)) for _ in range(200)}
        assert expected <= found
    assert any("廿三" in "".join(dataset.in_words(date(2004, 5, 23).toordinal(), random)) for _ in range(20))


EACH = pytest.mark.parametrize(
    "dataset",
    [
        kind.model_validate({"samples": 500, "language": language, "direction": direction, **more})
        for kind, more in ((DatesInWords, {}), (NumbersInWords, {}), (NumbersInWords, {"digits": 9}))
        for language in ("en", "zh")
        for direction in ("to_figures", "to_words")
    ],
    ids=repr,
)


@EACH
def test_pairs_say_the_same_and_none_comes_twice(dataset: Any) -> None:
    prepared = prepare(dataset, None)
    names, answers = dataset.vocabulary(), dataset.target_vocabulary()
    assert len(set(names)) == len(names)
    assert len(set(answers)) == len(answers)
    figures: list[str] = []
    for read, written in zip(prepared.raw.tolist(), prepared.targets.tolist(), strict=True):
        assert written.count(1) == 1  # it ends
        source = [names[token] for token in read if token]
        target = dataset.text_of(written)
        words, own = (source, target) if dataset.direction == "to_figures" else (target, "".join(source))
        figures.append(own)
        text = dataset.gap.join(words) if isinstance(words, list) else words
        assert dataset.sample_of(" ".join(source)) == read
        if isinstance(dataset, NumbersInWords):
            parts = words if isinstance(words, list) else words.split(" ")
            assert (of_english(parts) if dataset.language == "en" else number_of(text)) == int(own)
        else:
            assert date.fromisoformat(own).isoformat() == own
    assert len(set(figures)) == len(figures)
    assert not (prepared.raw[:, -1] == 0).all()  # the longest are as long as is said
    assert not (prepared.targets[:, -1] == 0).all() or dataset.direction == "to_words"


def test_what_is_typed_is_read_with_hyphens_and_capitals_and_told_where_it_cannot_be() -> None:
    dataset = DatesInWords()
    assert dataset.sample_of("The Twenty-First of May, nineteen ten") == dataset.sample_of(
        "the twenty first of may nineteen ten"
    )
    with pytest.raises(Problem, match="never seen the word") as found:
        dataset.sample_of("the first of smarch nineteen ten")
    assert found.value.values["word"] == "“smarch”"
    with pytest.raises(Problem, match="at most"):
        dataset.sample_of("the " * 11)
    assert DatesInWords(language="zh").sample_of("二〇〇四年 五月三日")[:4]


def test_words_of_a_language_are_known() -> None:
    assert set(english(777_777_777, joined=True)) <= set(ENGLISH)
    assert set(chinese(777_777_777)) <= set(CHINESE)
