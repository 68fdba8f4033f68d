"""Dates in words, and as ISO has them."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.number_words import CHINESE, DIGITS, ONES, TENS, Ways, below_hundred, chinese, english, named
from app.parts.datasets.translated import Language, Translated

FIRST, LAST = date(1900, 1, 1).toordinal(), date(2099, 12, 31).toordinal()
MONTHS = named("january february march april may june july august september october november december")
ORDINALS = named(
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
THIRTIETH = "thirtieth"
MOST_EXAMPLES = 8  # ways of each part of a date that are tried for the longest
Chance = Callable[[], bool]


class DatesInWords(Translated):
    """Dates from 1900 to 2099 in words, and as ISO writes them: 2024-05-03.

    English: “the third of may”, “third of may” or “may [the] third”, then the year: “nineteen ninety nine”, “nineteen
    oh five”, “nineteen hundred”, “two thousand [and] four”, “twenty twenty four”; hyphens are left out. Chinese: the
    year digit by digit with 〇 or 零, or 两千零四年 up to 2009; months from 一月 to 十二月; days with 日 or 号, from 20
    to 29 also with 廿. All ways are as likely. What is written out is “the third of may two thousand four”,
    二〇〇四年五月三日.
    """

    title: ClassVar[str] = "Dates in words"
    also: ClassVar[tuple[str, ...]] = ("translation", "sequence to sequence", "seq2seq", "iso 8601", "date format")

    kind: Literal["dates_in_words"] = "dates_in_words"

    def amounts(self, random: np.random.Generator, count: int) -> Array:
        return random.integers(FIRST, LAST + 1, count)

    def words(self) -> tuple[str, ...]:
        if self.language == "zh":
            return (*CHINESE[: CHINESE.index("百")], "千", "年", "月", "日", "号")
        ordinals = (*ORDINALS[1:], THIRTIETH)
        return (*ONES[1:], *TENS[2:], "hundred", "thousand", "oh", "and", "of", "the", *ordinals, *MONTHS)

    def figures(self) -> str:
        return "0123456789-"

    def in_words(self, amount: int, random: np.random.Generator | None) -> list[str]:
        when = date.fromordinal(amount)
        chance: Chance = (lambda: bool(random.integers(2))) if random else (lambda: False)
        return _english(when, chance) if self.language == "en" else list(_chinese(when, chance))

    def in_figures(self, amount: int) -> str:
        return date.fromordinal(amount).isoformat()

    def most(self) -> tuple[int, int]:
        return _longest(self.language), len("2024-05-03")


def _english(when: date, chance: Chance) -> list[str]:
    day, month, year = _ordinal(when.day), MONTHS[when.month - 1], _english_year(when.year, chance)
    if chance():
        return [month, *(["the"] if chance() else []), *day, *year]
    return [*([] if chance() else ["the"]), *day, "of", month, *year]


def _ordinal(day: int) -> list[str]:
    if day < len(ORDINALS):
        return [ORDINALS[day]]
    return [THIRTIETH] if day == 30 else [TENS[day // 10], ORDINALS[day % 10]]


def _english_year(year: int, chance: Chance) -> list[str]:
    century, rest = divmod(year, 100)
    if century == 20 and (rest < 10 or chance()):
        return english(year, joined=chance())
    if rest == 0:
        return [*below_hundred(century), "hundred"]
    return [*below_hundred(century), *(["oh"] if rest < 10 else []), *below_hundred(rest)]


def _chinese(when: date, chance: Chance) -> str:
    zero = "零" if chance() else "〇"
    year = "".join(zero if digit == "0" else DIGITS[int(digit)] for digit in str(when.year))
    if 2000 <= when.year < 2010 and chance():
        year = chinese(when.year, Ways(zero=zero))
    day = chinese(when.day, Ways(twenty=chance()))
    return f"{year}年{chinese(when.month)}月{day}{'号' if chance() else '日'}"


@lru_cache
def _longest(language: Language) -> int:
    """The longest of all ways to say the longest dates: a day in the twenties of december, in each year."""
    random = np.random.default_rng(0)
    dates = [date(year, 12, 27).toordinal() for year in range(1900, 2100)]
    dataset = DatesInWords(language=language)
    return max(len(dataset.in_words(ordinal, random)) for ordinal in dates for _ in range(MOST_EXAMPLES))
