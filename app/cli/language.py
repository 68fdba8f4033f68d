"""Sentences in the language of the terminal, which LC_ALL, LC_MESSAGES or LANG name."""

import os
from collections.abc import Mapping
from typing import Any

from rich.console import Console

from app.web.language import Code, Language, language


def terminal_language(environment: Mapping[str, str] = os.environ) -> Code:
    """The first of the three that says anything decides, as POSIX has it."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return "zh" if environment[name].lower().startswith("zh") else "en"
    return "en"


WORDS: Language = language(terminal_language())
OUT = Console(highlight=False)
ERRORS = Console(stderr=True, highlight=False)


def t(sentence: str, **values: Any) -> str:
    """A sentence of the command line, with its values."""
    return WORDS.t("cli", sentence, **values)
