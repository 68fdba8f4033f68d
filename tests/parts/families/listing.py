"""What a family's list promises: everything in its folder is in it, and a kind is the name of its file and class."""

import importlib
import pkgutil
from types import ModuleType

from app.parts.part import Part


def defined(family: ModuleType) -> set[type[Part]]:
    """Every part with a kind of its own that a file of the family's folder defines."""
    found: set[type[Part]] = set()
    for info in pkgutil.iter_modules(family.__path__):
        module = importlib.import_module(f"{family.__name__}.{info.name}")
        for thing in vars(module).values():
            own = isinstance(thing, type) and issubclass(thing, Part) and thing.__module__ == module.__name__
            if own and isinstance(thing.model_fields["kind"].default, str):
                found.add(thing)
    return found


def assert_named_after_its_file(part: type[Part]) -> None:
    """kind = file = class in snake case."""
    kind = part.kind_name()
    assert part.__module__.rpartition(".")[2] == kind
    assert part.__name__.lower() == kind.replace("_", "")
