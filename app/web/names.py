"""Display names: cleaned, counted as people see them, and refused where nobody could see them."""

import unicodedata

import regex

from app.web.errors import Refusal

LONGEST_NAME = 40  # graphemes
LARGEST_NAME = 800  # bytes; one grapheme may have many
JOINER = "\u200d"  # makes one emoji of several, and ligatures in Indic scripts
SELECTORS = ("\ufe0e", "\ufe0f")  # an emoji in black and white, or in colour
# Letters and symbols by their category that are drawn as nothing: fillers of Hangul, and Braille without dots.
BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5\u180b\u180c\u180d\u180e\u180f\U0001d159")


def clean_name(name: str) -> str:
    """A display name in NFC, with single spaces and without what cannot be seen. Raises `Refusal` 422."""
    letters = unicodedata.normalize("NFC", name)
    shown = "".join(letter for at, letter in enumerate(letters) if _visible(letters, at))
    shown = " ".join(shown.split())
    if not any(unicodedata.category(letter)[0] in "LNS" for letter in shown):
        raise Refusal(422, "Choose a name of at least one letter.", place="/name")
    if graphemes(shown) > LONGEST_NAME or len(shown.encode()) > LARGEST_NAME:
        raise Refusal(422, "Choose a name of at most {most} letters.", place="/name", most=LONGEST_NAME)
    return shown


def graphemes(text: str) -> int:
    """How many characters a person sees. Source: Unicode Standard Annex 29, extended grapheme clusters."""
    clusters: list[str] = regex.findall(r"\X", text)
    return len(clusters)


def _visible(text: str, at: int) -> bool:
    letter, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if letter == JOINER:  # between two emoji, or behind the sign that takes an Indic letter's vowel away
        return (_drawn(before) and _drawn(after)) or (before != "" and unicodedata.combining(before) == 9)
    if unicodedata.category(letter) == "Mn" and unicodedata.name(letter, "").startswith("VARIATION SELECTOR"):
        return letter in SELECTORS and _drawn(before)
    # Other format and control characters could hide or turn text.
    return letter not in BLANK and unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def _drawn(letter: str) -> bool:
    """Whether this is an emoji or a part of one."""
    return letter in SELECTORS or (letter != "" and unicodedata.category(letter) in ("So", "Sk"))
