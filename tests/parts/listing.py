"""What a family's list promises: everything in its folder is in it, and a kind is the name of its file and class."""

import importlib
import pkgutil
import re
from types import ModuleType
from typing import get_args

from app.parts.part import Part


def defined(family: ModuleType) -> set[type[Part]]:
    """Every part that a file of the family's folder defines; those that others are made from have no kind."""
    found: set[type[Part]] = set()
    for info in pkgutil.iter_modules(family.__path__):
        module = importlib.import_module(f"{family.__name__}.{info.name}")
        for thing in vars(module).values():
            if isinstance(thing, type) and issubclass(thing, Part) and thing.__module__ == module.__name__:
                found.add(thing)
    return {part for part in found if not part.model_fields["kind"].is_required()}


def snake_case(name: str) -> str:
    """`BatchNorm1d` is `batch_norm1d`, and `AdamW` is `adamw`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z][a-z])", "_", name).lower()


def assert_named_after_its_file(part: type[Part]) -> None:
    """kind = file = class in snake case."""
    kind = part.kind_name()
    assert get_args(part.model_fields["kind"].annotation) == (kind,)
    assert part.__module__.rpartition(".")[2] == kind
    assert snake_case(part.__name__) == kind
