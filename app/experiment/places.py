"""Where a validation error stands: from Pydantic's `loc` to a place in the document and the class that owns it."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, TypeAlias, Union, get_args, get_origin

from pydantic import BaseModel

from app.experiment.experiment import Experiment
from app.parts.datasets import DATASETS
from app.parts.initializers import INITIALIZERS
from app.parts.layers import LAYERS
from app.parts.losses import LOSSES
from app.parts.optimizers import OPTIMIZERS
from app.parts.part import Part
from app.parts.probes import PROBES
from app.parts.schedules import SCHEDULES
from app.parts.tasks import TASKS
from app.parts.tokenizers import TOKENIZERS

Keys: TypeAlias = tuple[str | int, ...]
Kinds: TypeAlias = Sequence[type[Part]]

# Fields that hold one part of a family, or a list of them.
CHOICES: dict[str, Kinds] = {
    "dataset": DATASETS,
    "task": TASKS,
    "loss": LOSSES,
    "optimizer": OPTIMIZERS,
    "schedule": SCHEDULES,
    "initializer": INITIALIZERS,
    "tokenizer": TOKENIZERS,
    "layers": LAYERS,
    "probes": PROBES,
}


@dataclass(frozen=True)
class Spot:
    """One place in a document: the keys that lead there, and what stands there (None where nothing does)."""

    keys: Keys
    value: Any
    there: bool

    @property
    def family(self) -> Kinds:
        """The parts one of which belongs here; empty where no part does."""
        if self.keys and isinstance(self.keys[-1], int):
            return CHOICES.get(str(self.keys[-2]), ()) if len(self.keys) > 1 else ()
        field = self.keys[-1] if self.keys else ""
        return CHOICES.get(str(field), ()) if field not in ("layers", "probes") else ()


def spot_of(document: Any, location: Sequence[str | int], *, tagged: bool = False) -> Spot:
    """The place that `location` means. In a `tagged` one, of Pydantic's, the kind of a chosen part stands in between,
    as in no document; a kind may be the name of one of its fields too (`points`), so it is passed over only once."""
    keys: Keys = ()
    value = document
    passed = not tagged
    for number, key in enumerate(location):
        last = number == len(location) - 1
        part = not passed and not last and bool(Spot(keys, value, True).family) and isinstance(value, dict)
        if part and value.get("kind") == key:
            passed = True
            continue
        passed = not tagged
        found, inner = look_up(value, key)
        if found:
            keys, value = (*keys, key), inner
        elif last and isinstance(value, dict) and key != "[key]":
            return Spot((*keys, key), None, False)
        else:
            break
    return Spot(keys, value, True)


def look_up(value: Any, key: str | int) -> tuple[bool, Any]:
    """Whether `key` leads on from here, and where to."""
    if isinstance(value, dict) and key in value:
        return True, value[key]  # pyright: ignore[reportUnknownVariableType]
    if isinstance(value, list) and isinstance(key, int) and 0 <= key < len(value):  # pyright: ignore[reportUnknownArgumentType]
        return True, value[key]  # pyright: ignore[reportUnknownVariableType]
    return False, None


def owner_of(document: Any, keys: Keys) -> type[BaseModel] | None:
    """The class whose fields the object at `keys` has, if it is known."""
    held: Any = Experiment
    for number, key in enumerate(keys):
        owner = _one_of(held, spot_of(document, keys[:number]).value)
        if isinstance(owner, type) and issubclass(owner, BaseModel):
            field = owner.model_fields.get(str(key))
            held = field.annotation if field else None
        else:
            held = (get_args(owner) or (None,))[-1]  # what the list or the object holds
    owner = _one_of(held, spot_of(document, keys).value)
    return owner if isinstance(owner, type) and issubclass(owner, BaseModel) else None


def _one_of(held: Any, value: Any) -> Any:
    """Of the types that may stand somewhere, the one that `value` means: of parts, the one of its kind."""
    if get_origin(held) is Annotated:
        return _one_of(get_args(held)[0], value)
    if get_origin(held) not in (Union, UnionType):
        return held
    kind = look_up(value, "kind")[1]
    members = [arg for arg in get_args(held) if arg is not type(None)]
    parts = [member for member in members if isinstance(member, type) and issubclass(member, Part)]
    return next((part for part in parts if part.kind_name() == kind), None) if parts else members[0]
