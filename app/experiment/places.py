"""Where a validation error stands: from Pydantic's `loc` to a place in the document and the class that owns it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from pydantic import BaseModel

from app.experiment.experiment import Experiment
from app.experiment.network import Network
from app.experiment.training import EarlyStopping, Regularization, Target, Training
from app.parts.datasets import DATASETS
from app.parts.initializers import INITIALIZERS
from app.parts.layers import LAYERS
from app.parts.losses import LOSSES
from app.parts.optimizers import OPTIMIZERS
from app.parts.part import Part
from app.parts.probes import PROBES
from app.parts.schedules import SCHEDULES
from app.parts.tasks import TASKS

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
    "layers": LAYERS,
    "probes": PROBES,
}
# Fields that hold an object of a single class.
OBJECTS: dict[str, type[BaseModel]] = {
    "main": Network,
    "training": Training,
    "target": Target,
    "early_stopping": EarlyStopping,
    "regularization": Regularization,
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
    if not keys:
        return Experiment
    spot = spot_of(document, keys)
    if spot.family:
        kind = look_up(spot.value, "kind")[1]
        return next((part for part in spot.family if part.kind_name() == kind), None)
    return OBJECTS.get(str(keys[-1]))
