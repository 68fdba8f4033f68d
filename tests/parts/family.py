"""What every family of parts owes, to be called from the tests of each."""

import re
from collections.abc import Sequence
from pathlib import Path

from app.parts.part import Part

PARTS = Path(__file__).parents[2] / "app" / "parts"


def snake_case(name: str) -> str:
    """`BatchNorm1d` is `batch_norm1d`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def demand_well_named(parts: Sequence[type[Part]]) -> None:
    """Kind, file and class have one name, and nobody shares it."""
    for part in parts:
        assert part.kind_name() == part.__module__.rpartition(".")[2] == snake_case(part.__name__)
        assert next(iter(part.model_fields)) == "kind" or part.model_fields["kind"].annotation
    assert len({part.kind_name() for part in parts}) == len(parts)


def demand_all_listed(family: str, parts: Sequence[type[Part]], other_files: set[str]) -> None:
    """Every file of the folder is in the list, or is known to hold no part."""
    files = {path.stem for path in (PARTS / family).glob("*.py")} - {"__init__"} - other_files
    assert files == {part.kind_name() for part in parts}


def demand_told(parts: Sequence[type[Part]]) -> None:
    """Every part and every field says what it is, and when to use it."""
    for part in parts:
        assert part.title
        assert part.help().endswith((".", "/")) or "Source:" in part.help(), part
        assert len(part.help()) > 30
        for name, field in part.model_fields.items():
            if name == "kind":
                continue
            assert field.title, (part, name)
            assert field.description, (part, name)
            assert field.description.endswith("."), (part, name)
            assert field.description[0].isupper() or not field.description[0].isalpha(), (part, name)
