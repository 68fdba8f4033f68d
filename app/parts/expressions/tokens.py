"""A formula's text cut into tokens: numbers, names, signs. Signs may be written as on a keyboard or as in a book."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from app.parts.problem import Problem

Kind = Literal["number", "name", "word", "sign", "raised", "end"]

SIGNS = {
    **dict.fromkeys("-−–－", "-"),
    **dict.fromkeys("*×·∙⋅＊", "*"),
    **dict.fromkeys("/÷／", "/"),
    **dict.fromkeys("+＋", "+"),
    **dict.fromkeys("^＾", "^"),
    **dict.fromkeys("(（", "("),
    **dict.fromkeys(")）", ")"),
    **dict.fromkeys(",，", ","),
    **dict.fromkeys("<＜", "<"),
    **dict.fromkeys(">＞", ">"),
    "≤": "<=",
    "≥": ">=",
}
LONG_SIGNS = {"**": "^", "<=": "<=", ">=": ">=", "＜＝": "<=", "＞＝": ">="}
RAISED = {character: str(number) for number, character in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
EXPONENT = re.compile(r"⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
WIDE = str.maketrans("０１２３４５６７８９．", "0123456789.")  # as typed with a Chinese input method
NUMBER = re.compile(r"([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")


@dataclass(frozen=True)
class Token:
    """`text` as it was typed; `meaning` with one spelling for all; `at` counts characters from 1."""

    kind: Kind
    text: str
    meaning: str
    at: int


def spelling(name: str) -> str:
    """One spelling for all: `x₁` and `ｘ1` are `x1`."""
    return unicodedata.normalize("NFKC", name)


def tokens_of(text: str, names: Sequence[str]) -> list[Token]:
    """All tokens and one that stands for the end. Raises `Problem` at a character that belongs in no formula."""
    return [*_tokens(text, sorted(names, key=len, reverse=True)), Token("end", "", "", len(text.rstrip()) + 1)]


def _tokens(text: str, names: Sequence[str]) -> Iterator[Token]:
    spelt = [name for name in names if not all(map(_within_a_word, name))]  # such as “sepal length (cm)”
    place = 0
    while place < len(text):
        rest = text[place:]
        if rest[0].isspace():
            place += 1
            continue
        token = _token(rest, place + 1, spelt)
        yield token
        place += len(token.text)


def _token(rest: str, at: int, spelt: Sequence[str]) -> Token:
    for name in spelt:
        if rest.casefold().startswith(name.casefold()) and not _goes_on(rest, len(name)):
            return Token("name", rest[: len(name)], name, at)
    if number := NUMBER.match(rest.translate(WIDE)):
        return Token("number", rest[: number.end()], number[0], at)
    for width in (2, 1):
        meaning = LONG_SIGNS.get(rest[:width]) or SIGNS.get(rest[:width])
        if meaning:
            return Token("sign", rest[:width], meaning, at)
    if raised := EXPONENT.match(rest):
        return Token("raised", raised[0], "".join(RAISED.get(character, "-") for character in raised[0]), at)
    if _within_a_word(rest[0]):
        word = "".join(takewhile(_within_a_word, rest))
        return Token("word", word, spelling(word), at)
    raise _foreign(rest, at)


def _foreign(rest: str, at: int) -> Problem:
    if rest[0] in "=＝":
        return Problem("“=” compares nothing here, at character {at}. Use <, <=, > or >=.", at=at)
    return Problem("“{found}” has no meaning in a formula, at character {at}.", found=rest[0], at=at)


def _within_a_word(character: str) -> bool:
    return (character.isalnum() or character == "_") and character not in RAISED


def _goes_on(text: str, end: int) -> bool:
    """Whether a word that ends before `end` is only the beginning of a longer one."""
    return end < len(text) and _within_a_word(text[end]) and _within_a_word(text[end - 1])
