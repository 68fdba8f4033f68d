"""Hypothesis strategies for documents: good ones from the fields of the parts, and bad ones by spoiling good ones."""

from copy import deepcopy
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import annotated_types
from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from app.experiment.experiment import Experiment
from app.parts.layers import LAYERS
from app.parts.layers.holding import Holding

Json = Any
MOST_DRAWN = {  # upper ends that keep examples quick
    "units": 24,
    "filters": 12,
    "kernel": 6,
    "scale_factor": 3,
    "output_size": 9,
    "samples": 300,
    "batch_size": 300,
    "epochs": 50,
}
FORMULAS = st.sampled_from(
    ["x1^2 + sin(3*x2)", "exp(-(x1^2+x2^2)/4)", "max(x1, 0)", "x1 > x2", "1/x1", "log(-9)", "x1"]
)
SIMPLE: dict[Any, st.SearchStrategy[Json]] = {bool: st.booleans(), NoneType: st.none(), str: st.text(max_size=12)}


def objects(owner: type[BaseModel], depth: int = 2) -> st.SearchStrategy[Json]:
    """Objects that have any of the fields of `owner`, each within its bounds."""
    required = {name: fields(name, field, depth) for name, field in owner.model_fields.items() if _needed(name, field)}
    optional = {name: fields(name, field, depth) for name, field in owner.model_fields.items() if name not in required}
    return st.fixed_dictionaries(required, optional=optional)


def fields(name: str, field: FieldInfo, depth: int) -> st.SearchStrategy[Json]:
    """Values of one field."""
    if name == "layers":
        return layers(depth)
    if name == "formulas":
        return st.lists(FORMULAS | st.text(max_size=12), max_size=3)
    return values(field.annotation, [*field.metadata], name, field.discriminator is not None, depth)


def layers(depth: int) -> st.SearchStrategy[Json]:
    """Stacks of layers, those that hold others nested `depth` deep at most."""
    kinds = [part for part in LAYERS if depth > 0 or not issubclass(part, Holding)]
    return st.lists(st.sampled_from(kinds).flatmap(lambda part: objects(part, depth - 1)), max_size=5)


def values(annotation: Any, metadata: list[Any], name: str, chosen: bool, depth: int) -> st.SearchStrategy[Json]:
    """Values of a type with the bounds that stand beside it."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        inner = [*arguments[1:], *metadata]
        extra = [bound for entry in inner for bound in (entry.metadata if isinstance(entry, FieldInfo) else [entry])]
        return values(arguments[0], extra, name, chosen, depth)
    if origin in (Union, UnionType):
        return st.one_of([values(argument, metadata, name, chosen, depth) for argument in arguments])
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is list:
        low, high = _bounds(metadata, 0, 4)
        return st.lists(values(arguments[0], [], name, False, depth), min_size=int(low), max_size=int(min(high, 6)))
    if origin is tuple:
        return st.tuples(*(values(argument, [], name, False, depth) for argument in arguments)).map(list)
    if origin is dict:
        return st.just({"main": None}).flatmap(lambda _: values(arguments[1], [], name, False, depth)).map(_as_main)
    if annotation in SIMPLE:
        return SIMPLE[annotation]
    if annotation is int:
        low, high = _bounds(metadata, 0, 1000)
        return st.integers(int(low), int(min(high, MOST_DRAWN.get(name, high))))
    if annotation is float:
        low, high = _bounds(metadata, -10, 10)
        return st.floats(low, high, allow_nan=False)
    if annotation is str:
        low, high = _bounds(metadata, 0, 8)
        return st.text(min_size=int(low), max_size=int(min(high, 8)))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return objects(annotation, depth)
    raise TypeError(f"Expected a type that a document may hold, but got {annotation!r}.")


def _as_main(network: Json) -> Json:
    return {"main": network}


def _needed(name: str, field: FieldInfo) -> bool:
    return field.is_required() or name == "kind"


def _bounds(metadata: list[Any], low: float, high: float) -> tuple[float, float]:
    for bound in metadata:
        if isinstance(bound, annotated_types.Ge):
            low = float(bound.ge)  # type: ignore[arg-type]
        if isinstance(bound, annotated_types.Gt):
            low = float(bound.gt) + 1e-6  # type: ignore[arg-type]
        if isinstance(bound, annotated_types.Le):
            high = float(bound.le)  # type: ignore[arg-type]
        if isinstance(bound, annotated_types.Lt):
            high = float(bound.lt) - 1e-6  # type: ignore[arg-type]
        if isinstance(bound, annotated_types.MinLen):
            low = bound.min_length
        if isinstance(bound, annotated_types.MaxLen):
            high = bound.max_length
    return low, high


EXPERIMENTS = objects(Experiment)

JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([10**5000, -(10**400), 2**63, -1, 0]),
    st.floats(),
    st.text(st.characters(), max_size=20),
    st.sampled_from(["\ud800", "🧠", "x" * 5000, "linear", "__proto__", "a/b~c", "{given}", "{0.__class__}"]),
    st.recursive(
        st.none() | st.integers(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(st.characters(), max_size=5), inner),
        max_leaves=8,
    ),
)


def places_of(document: Json, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The keys that lead to every value of a document, the document itself first."""
    found = [at]
    if isinstance(document, dict):
        for key, value in document.items():
            found += places_of(value, (*at, key))
    if isinstance(document, list):
        for number, value in enumerate(document):
            found += places_of(value, (*at, number))
    return found


MOST_PLACES = 5_000  # what goes wrong next can multiply them by sixty; then they no longer fit into a request
HOLDERS: list[Json] = [{"kind": "residual"}, {"kind": "skip"}, {}]


@st.composite
def spoilt(draw: st.DrawFn) -> Json:
    """A good document in which one to four things went wrong."""
    document = deepcopy(draw(EXPERIMENTS))
    for _ in range(draw(st.integers(1, 4))):
        places = places_of(document)
        if len(places) > MOST_PLACES:
            break
        keys = draw(st.sampled_from(places))
        if not keys:
            if draw(st.integers(0, 20)) == 0:
                return draw(JUNK)
            continue
        parent = document
        for key in keys[:-1]:
            parent = parent[key]
        _spoil(draw, parent, keys[-1])
    return document


def _spoil(draw: st.DrawFn, parent: Json, key: str | int) -> None:
    how = draw(st.sampled_from(["replace", "remove", "add", "rename", "repeat", "bury"]))
    if how == "remove":
        del parent[key]
    elif how == "add" and isinstance(parent, dict):
        parent[draw(st.text(st.characters(), max_size=12))] = draw(JUNK)
    elif how == "rename" and isinstance(parent, dict):
        parent[draw(st.sampled_from(["x" * 200, f"{key}s", f"{key}"[:-1], "\udfff", "kind"]))] = parent.pop(key)
    elif how == "repeat" and isinstance(parent, list):
        parent[:] = parent * draw(st.integers(2, 60))
    elif how == "bury":
        for _ in range(draw(st.sampled_from([3, 12, 80]))):
            parent[key] = draw(
                st.sampled_from([[parent[key]], *({**holder, "layers": [parent[key]]} for holder in HOLDERS)])
            )
    else:
        parent[key] = draw(JUNK)
