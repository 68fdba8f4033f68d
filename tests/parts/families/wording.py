"""Every sentence of a family that a person may read, and whether the Chinese for it is there."""

import json
from collections.abc import Iterable
from pathlib import Path

from app.parts.part import Part

LOCALES = Path(__file__).parents[3] / "locales" / "zh"
FORMULA_WORDS = {"max", "min", "log", "sin", "cos", "tanh"}


def sentences(part: type[Part]) -> set[str]:
    """Title, help, and the title, description and unit of each setting; choices are labelled with formulas."""
    found = {part.title, part.help()}
    for name, field in part.model_json_schema()["properties"].items():
        if name != "kind":
            found |= {field["title"], field["description"], field.get("unit", "%")}
    return found - {"%"}


def chinese(context: str) -> dict[str, str]:
    """All of one context."""
    return json.loads((LOCALES / f"{context}.json").read_text("utf-8"))


def assert_said_in_chinese(context: str, said: Iterable[str]) -> None:
    """Everything that is said is translated, and nothing else is."""
    assert set(chinese(context)) - {"%"} == set(said)


def assert_worded(part: type[Part]) -> None:
    """A title, a help of whole sentences, and for each setting a label and a description that is a sentence."""
    assert part.title
    assert part.help().splitlines()[0].endswith((".", "?"))
    for name, field in part.model_json_schema()["properties"].items():
        if name != "kind":
            assert field["title"], name
            assert field["description"].endswith("."), name
    words = "".join(letter if letter.isascii() and letter.isalpha() else " " for letter in part.formula).split()
    assert {word for word in words if len(word) > 2} <= FORMULA_WORDS, "a formula needs no translation"
