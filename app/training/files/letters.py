"""How much a text looks like one that somebody wrote: which letters stand together, and where capitals stand.

A byte beyond ASCII is another letter in each single-byte encoding. In the right one, the letters of a file are those of
one language, or of neighbours; capitals begin words; and signs such as £ do not stand inside of words.
"""

import re
from collections.abc import Iterable
from itertools import chain, pairwise

# The letters beyond ASCII of languages that are written with single bytes.
LANGUAGES = {
    "German": "äöüß",
    "French": "àâæçéèêëîïôœùûü",
    "Spanish": "áéíñóúü",
    "Portuguese": "ãõáâàçéêíóôú",
    "Italian": "àèéìòù",
    "Nordic": "åäöæøéðþíóúýá",
    "Dutch": "éëïóöü",
    "Czech": "áčďéěíňóřšťúůýž",
    "Slovak": "áäčďéíĺľňóôŕšťúýž",
    "Polish": "ąćęłńóśźż",
    "Hungarian": "áéíóöőúüű",
    "Romanian": "ăâîșțşţ",
    "Croatian": "čćđšž",
    "Turkish": "çğıöşüâîİ",
    "Russian": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "Ukrainian": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
}
FAMILIES = {
    "West": ("German", "French", "Spanish", "Portuguese", "Italian", "Nordic", "Dutch"),
    "Centre": ("Czech", "Slovak", "Polish", "Hungarian", "Romanian", "Croatian", "German"),
    "East": ("Russian", "Ukrainian"),
}
SIGNS = set("°£€§µ«»“”„‘’–—…²³½¼¾±×÷©®™·¿¡¥¢ºª‰†•\u00a0№")
BESIDE_NUMBERS = set("°£€§µ²³½¼¾±×÷©®™¥¢‰†•№")  # what does not stand between two letters
FAMILY_COST, STRANGE_COST, CASE_COST, SIGN_COST = 0.05, 2.0, 1.0, 1.0


ALPHABETS = {name: set(letters) | set(letters.upper()) for name, letters in LANGUAGES.items()}


def strangeness(text: str) -> float:
    """From 0: how unlike written text the letters beyond ASCII are, on average for each of them."""
    letters = [letter for letter in text if not letter.isascii()]
    if not letters:
        return 0.0
    costs = sum(map(_case_cost, re.findall(r"[^\W\d_]{2,}", text))) + SIGN_COST * _signs_in_words(text)
    return min(_alphabet_costs(letters)) + costs / len(letters)


def _alphabet_costs(letters: list[str]) -> Iterable[float]:
    """For each alphabet, and at some cost for those of a family together: the share of letters that are not in it."""
    families = ((set[str]().union(*(ALPHABETS[name] for name in names)), FAMILY_COST) for names in FAMILIES.values())
    for alphabet, cost in chain(((single, 0.0) for single in ALPHABETS.values()), families):
        strange = sum(letter not in alphabet and letter not in SIGNS for letter in letters)
        yield cost + STRANGE_COST * strange / len(letters)


def _case_cost(word: str) -> float:
    """How many letters beyond ASCII are capitals behind small letters, small between capitals, or of two scripts."""
    if re.search("[a-zA-Z]", word) and re.search("[\u0400-\u04ff]", word):
        return CASE_COST * sum(not letter.isascii() for letter in word)
    if word.isupper() or word.islower() or word.istitle():
        return 0.0
    odd = sum(not letter.isascii() and letter.isupper() and before.islower() for before, letter in pairwise(word))
    odd += sum(
        not letter.isascii() and letter.islower() and before.isupper() and behind.isupper()
        for before, letter, behind in zip(word, word[1:], word[2:], strict=False)
    )
    return CASE_COST * odd


def _signs_in_words(text: str) -> int:
    """How many signs touch a letter beyond what units and prices do: £ukasz, Gro§, 3½a."""
    count = 0
    for at, letter in enumerate(text):
        if letter in BESIDE_NUMBERS:
            before, behind = text[at - 1 : at], text[at + 1 : at + 2]
            inside = before.isalpha() and (behind.isalpha() or letter not in "²³®™")
            count += inside or (letter in "£€¥¢§®©" and behind.isalpha())
    return count
