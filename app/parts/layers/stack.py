"""Shapes flow through a stack of layers, and the first that does not fit says so in its own place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.parts.layers.layer import Layer
from app.parts.problem import Edit, Fix, Problem, pointer
from app.parts.shapes import Features, Shape


@dataclass(frozen=True)
class Placed:
    """A layer in its place: what arrives, what leaves. `path` is the JSON Pointer within its stack's owner."""

    path: str
    layer: Layer[Any]
    before: Shape
    after: Shape


def flow(layers: Sequence[Layer[Any]], shape: Shape, place: str) -> list[Placed]:
    """The layers of a stack with the shape before and after each. Raises `Problem`, placed below `place`."""
    placed: list[Placed] = []
    for number, layer in enumerate(layers):
        path = place + pointer(number)
        try:
            _demand(layer, shape)
            after = layer.shape_after(shape)
        except Problem as problem:
            raise problem.at(path) from None
        placed.append(Placed(path, layer, shape, after))
        shape = after
    return placed


def _demand(layer: Layer[Any], shape: Shape) -> None:
    wanted = layer.takes()
    if isinstance(shape, wanted):
        return
    flatten = Fix("Add Flatten before it", edits=(Edit("add", "", {"kind": "flatten"}),))
    raise Problem(
        "{layer} takes {wanted}, but here arrives {shape}.",
        layer=type(layer).title,
        wanted=wanted.noun,
        shape=type(shape).noun,
        fixes=(flatten,) if issubclass(wanted, Features) else (),
    )
