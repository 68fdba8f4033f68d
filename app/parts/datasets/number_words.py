"""How numbers are said: in English and in Chinese, as people write them by rule."""

from dataclasses import dataclass


def named(words: str) -> tuple[str, ...]:
    """The words of a text, as a list of names."""
    return tuple(words.split())


ONES = named(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
THOUSANDS = (("million", 10**6), ("thousand", 10**3), ("", 1))
ENGLISH = (*ONES, *TENS[2:], "hundred", "thousand", "million", "and")

DIGITS = "零一二三四五六七八九"
PLACES = ("", "十", "百", "千")
SECTIONS = (("亿", 10**8), ("万", 10**4), ("", 1))
CHINESE = (*DIGITS, "〇", "两", "廿", *PLACES[1:], "万", "亿")


def english(number: int, joined: bool = False) -> list[str]:
    """The words of a number below a billion. `joined`: with “and” in front of what follows hundreds."""
    words: list[str] = []
    for name, size in THOUSANDS:
        part = number // size % 1000
        if part == 0:
            continue
        if joined and words and size == 1 and part < 100:
            words.append("and")
        words += [*_hundreds(part, joined), *([name] if name else [])]
    return words or [ONES[0]]


def _hundreds(number: int, joined: bool) -> list[str]:
    words = [ONES[number // 100], "hundred"] if number >= 100 else []
    rest = number % 100
    if words and rest and joined:
        words.append("and")
    return words + below_hundred(rest)


def below_hundred(number: int) -> list[str]:
    """The words of a number from 1 to 99; none for 0."""
    if number < len(ONES):
        return [ONES[number]] if number else []
    return [TENS[number // 10], *([ONES[number % 10]] if number % 10 else [])]


@dataclass(frozen=True)
class Ways:
    """Which of several signs is written: `two` in front of 千, 万 and 亿, `two_hundred` in front of 百; `twenty`:
    廿 for 二十 at the beginning."""

    zero: str = "零"
    two: str = "两"
    two_hundred: str = "二"
    twenty: bool = False


USUAL = Ways()


def chinese(number: int, ways: Ways = USUAL) -> str:
    """A number below 10¹² in Chinese: in groups of four digits, with a zero for skipped places."""
    text, skipped = "", False
    for unit, size in SECTIONS:
        part = number // size % (10**4)
        if part == 0:
            skipped = bool(text)
            continue
        if text and (skipped or part < 1000):
            text += ways.zero
        text += (ways.two if part == 2 and unit else _section(part, ways, first=not text)) + unit
        skipped = False
    return text or ways.zero


def _section(number: int, ways: Ways, *, first: bool) -> str:
    """Four digits at most; `first` says that nothing stands before them."""
    if first and ways.twenty and number // 10 == 2:
        return "廿" + (DIGITS[number % 10] if number % 10 else "")
    text, skipped = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit == 0:
            skipped = bool(text)
            continue
        if skipped:
            text += ways.zero
        alone = first and not text and place == 1 and digit == 1  # 十二, not 一十二
        text += ("" if alone else _digit(digit, place, ways)) + PLACES[place]
        skipped = False
    return text


def _digit(digit: int, place: int, ways: Ways) -> str:
    two = {3: ways.two, 2: ways.two_hundred}.get(place, DIGITS[2])
    return two if digit == 2 else DIGITS[digit]
