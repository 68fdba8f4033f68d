"""Numbers in words, and in digits."""

from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.number_words import CHINESE, ENGLISH, Ways, chinese, english
from app.parts.datasets.translated import Translated
from app.parts.part import setting


class NumbersInWords(Translated):
    """Numbers in words, and in digits. Long and short ones are as likely, as far as there are enough short ones.

    English: “three hundred [and] five thousand [and] six”, up to millions; hyphens are left out. Chinese: groups of
    four digits with 万 and 亿; 零 or 〇 where places are skipped; 两 or 二 in front of 百, 千, 万 and 亿; 廿 for 二十
    at the beginning. All ways are as likely. What is written out is “three hundred five thousand six”, 三十万五千零六,
    with 两 in front of 千, 万 and 亿.
    """

    title: ClassVar[str] = "Numbers in words"
    also: ClassVar[tuple[str, ...]] = ("translation", "sequence to sequence", "seq2seq", "spell out", "numerals")

    kind: Literal["numbers_in_words"] = "numbers_in_words"
    digits: int = setting(6, "Digits", "How many digits the longest number has.", ge=5, le=9)

    def amounts(self, random: np.random.Generator, count: int) -> Array:
        lengths = random.integers(1, self.digits + 1, count)
        return random.integers(10 ** (lengths - 1) * (lengths > 1), 10**lengths)

    def words(self) -> tuple[str, ...]:
        return ENGLISH if self.language == "en" else CHINESE

    def figures(self) -> str:
        return "0123456789"

    def in_words(self, amount: int, random: np.random.Generator | None) -> list[str]:
        first, second, third, fourth = random.integers(2, size=4).astype(bool) if random else (False,) * 4
        if self.language == "en":
            return english(amount, joined=bool(first))
        ways = Ways("〇" if first else "零", "二" if second else "两", "两" if third else "二", twenty=bool(fourth))
        return list(chinese(amount, ways))

    def in_figures(self, amount: int) -> str:
        return str(amount)

    def most(self) -> tuple[int, int]:
        longest = int("7" * self.digits)  # no digit leaves a word out
        return len(english(longest, joined=True) if self.language == "en" else chinese(longest)), self.digits
