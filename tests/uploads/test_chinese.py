"""Every sentence about a file that somebody brought has its Chinese, also where it stands under a name of its own."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

from app.training import files
from app.uploads.folder import GONE
from tests.parts.sentences import chinese

LOADERS = ("stored", "idx", "batches")  # what they say may end a run


def sentences(value: Any) -> Iterator[str]:
    """The sentences in a constant: itself, or what stands in its lists."""
    if isinstance(value, str) and " " in value and value.endswith((".", "?")):
        yield value
    elif isinstance(value, dict):
        yield from sentences(list(value.values()))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from sentences(inner)


def said(module: str) -> set[str]:
    constants = vars(importlib.import_module(f"app.training.files.{module}"))
    return {sentence for name, value in constants.items() if name.isupper() for sentence in sentences(value)}


def test_every_sentence_of_the_readers_has_its_chinese() -> None:
    modules = [module.name for module in pkgutil.iter_modules(files.__path__)]
    found = set[str]().union(*map(said, modules))
    assert len(found) > 25
    assert found - set(chinese("problems")) == set()


def test_what_may_end_a_run_has_its_chinese_among_the_ends_too() -> None:
    found = {GONE, *(sentence for module in LOADERS for sentence in said(module))}
    assert len(found) >= 6
    assert found - set(chinese("doctor")) == set()
