"""Every sentence of a part that a person may read, as the pages translate them."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from app.parts.part import Part

LOCALES = Path(__file__).parents[2] / "locales"
WORD = re.compile(r"[A-Za-z]{2,}")
OF_FORMULAS = {"max", "min", "log", "sin", "cos", "sgn", "tanh", "ln", "lr", "if"}  # every language writes these so


def chinese(context: str) -> dict[str, str]:
    """The Chinese sentences of a context."""
    return json.loads((LOCALES / "zh" / f"{context}.json").read_text("utf-8"))


def sentences_of(parts: Iterable[type[Part]]) -> set[str]:
    """Titles, help, formulas with words in them, and what `field_sentences` gives."""
    found: set[str] = set()
    for part in parts:
        found |= {part.title, part.help(), *field_sentences(part)}
        found |= set(getattr(part, "titles", {}).values())
        found |= {getattr(part, "caution", "")} - {""}
        found |= {part.formula} if _has_words(part.formula) else set()
    return found


def field_sentences(part: type[BaseModel]) -> set[str]:
    """Labels and help of every field, and the labels and unit beside them; of the items of a list, those of theirs."""
    found: set[str] = set()
    for name, field in part.model_fields.items():
        if name not in ("kind", "version"):
            found |= {field.title or "", field.description or "", *_extras(field)} - {""}
            for item in get_args(field.annotation):
                if isinstance(item, type) and issubclass(item, BaseModel) and not issubclass(item, Part):
                    found |= field_sentences(item)
    return found


def _extras(field: FieldInfo) -> list[str]:
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    labels = extra.get("labels")
    read = [str(label) for label in labels.values()] if isinstance(labels, dict) else []
    return [str(extra.get("unit", "")), *(label for label in read if _has_words(label))]


def _has_words(text: str) -> bool:
    return not set(WORD.findall(text)) <= OF_FORMULAS
