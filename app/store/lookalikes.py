"""What a name looks like, so that no two names of a class can be taken for each other.

Source: Unicode Technical Standard 39, section 4 (skeletons), with the confusables that Unicode publishes.
"""

import unicodedata
from functools import cache

from confusable_homoglyphs.confusables import confusables_data

MARKS = "\u200e\u200f"  # direction marks that the published list puts around letters written from right to left


def looks(name: str) -> frozenset[str]:
    """Keys of which two names share one if they look alike, as they stand, in small letters or in capitals."""
    plain = unicodedata.normalize("NFKC", name)
    return frozenset(_skeleton(form).casefold() for form in (plain, plain.casefold(), plain.upper()))


def without_marks(name: str) -> str:
    """A name without accents and other marks on its letters."""
    apart = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in apart if not unicodedata.category(letter).startswith("M"))


def _skeleton(text: str) -> str:
    letters = [letter for letter in unicodedata.normalize("NFD", text) if not _ignorable(letter)]
    return unicodedata.normalize("NFD", "".join(_prototype(letter) for letter in letters))


def _ignorable(letter: str) -> bool:
    # Joiners and selectors that a visible name may hold (see clean_name) change only how emoji are drawn.
    return unicodedata.category(letter) == "Cf" or "\ufe00" <= letter <= "\ufe0f"


@cache
def _prototype(letter: str) -> str:
    """What stands for a letter and all that look like it.

    The library lists each pair in both directions: a prototype has all its letters, and each of these only it.
    """
    alike: list[str] = [confusable["c"].strip(MARKS) for confusable in confusables_data.get(letter, [])]
    if len(alike) != 1:
        return letter
    [other] = alike
    back = confusables_data.get(other, [])
    return other if len(back) != 1 else min(letter, other)
