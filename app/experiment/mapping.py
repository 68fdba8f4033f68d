"""A plane of two settings: the values of each, documents with some of them, and the order in which places are seen."""

from typing import Any, Literal, cast

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from app.experiment.patch import keys_of
from app.parts.problem import Problem

FURTHEST = 1e30  # beyond every setting, and the difference of two such numbers is still finite
STRIDES = (8, 4, 2, 1)  # between the places that are seen first, then, …


def with_values(document: dict[str, Any], change: dict[str, Any]) -> dict[str, Any]:
    """A document in which the values at some JSON Pointers are others; unchanged parts are shared, not copied.
    Raises `LookupError` where a pointer leads nowhere."""
    for path, value in change.items():
        document = _with(document, keys_of(path), value)
    return document


class Axis(BaseModel):
    """A setting that is a number, by JSON Pointer, and the values it takes from `low` to `high`."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    path: str = Field(min_length=1, max_length=200)
    low: float = Field(ge=-FURTHEST, le=FURTHEST)
    high: float = Field(ge=-FURTHEST, le=FURTHEST)
    scale: Literal["linear", "log"] = "linear"
    count: int = Field(24, ge=2, le=32)


def values_along(document: dict[str, Any], axis: Axis) -> list[Any]:
    """The values of an axis, each once: whole ones where the setting is whole, else both ends as they were sent, and
    shorter numbers between. Raises `Problem`, placed at one of its fields."""
    path, low, high = axis.path, axis.low, axis.high
    now = _setting(document, path)
    if isinstance(now, bool) or not isinstance(now, int | float) or path == "/version":
        raise Problem("The setting at {path} is no number.", place="/path", path=path)
    if not low < high:
        raise Problem("The lowest value must be below the highest.", place="/low")
    if axis.scale == "log" and low <= 0:
        raise Problem("On a logarithmic scale values begin above 0.", place="/low")
    values: list[float] = (np.geomspace if axis.scale == "log" else np.linspace)(low, high, axis.count).tolist()
    if isinstance(now, int):
        found = sorted(whole for whole in {round(value) for value in values} if low <= whole <= high)
    else:
        short = (float(f"{value:.6g}") for value in values)
        found = [low, *sorted({value for value in short if low < value < high}), high]
    if len(found) < 2:
        raise Problem("From {low} to {high} this setting has fewer than two values.", place="/high", low=low, high=high)
    return found


def coarse_to_fine(columns: int, rows: int) -> list[tuple[int, int]]:
    """All places of a grid: first those that lie far apart, then ever more between them."""
    seen: dict[tuple[int, int], None] = {}
    for stride in STRIDES:
        for j in range(stride // 2, rows, stride):
            for i in range(stride // 2, columns, stride):
                seen.setdefault((i, j))
    return list(seen)


def _setting(document: Any, path: str) -> Any:
    now = document
    for key in keys_of(path):
        try:
            now = cast("list[Any]", now)[_index(key)] if isinstance(now, list) else now[key]
        except (LookupError, TypeError, ValueError):
            raise Problem("There is no setting at {path}.", place="/path", path=path) from None
    return now


def _index(key: str) -> int:
    """The place in a list, written in the one way that JSON Pointer has for it (RFC 6901). Raises `ValueError`."""
    number = int(key)
    if str(number) != key or number < 0:
        raise ValueError(f"Expected the number of a place, but got {key}.")
    return number


def _with(holder: Any, keys: list[str], value: Any) -> Any:
    if not keys:
        return value
    copied: Any = cast("list[Any]", holder)[:] if isinstance(holder, list) else dict(holder)
    place: Any = int(keys[0]) if isinstance(holder, list) else keys[0]
    copied[place] = _with(copied[place], keys[1:], value)
    return copied
