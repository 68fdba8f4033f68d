"""Shapes flow through a stack of layers, and each that does not fit says so in its own place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from app.parts.layers.layer import Layer
from app.parts.layers.linear import Linear
from app.parts.problem import Edit, Fix, Problem, pointer
from app.parts.shapes import Features, Shape


@dataclass(frozen=True)
class Placed:
    """A layer in its place: what arrives, what leaves. `path` is the JSON Pointer within its stack's owner."""

    path: str
    layer: Layer[Any]
    before: Shape
    after: Shape

    @property
    def parameters(self) -> int:
        """How many numbers it learns, inner layers included."""
        return self.layer.parameters(self.before)

    @property
    def multiply_adds(self) -> int:
        """Multiplications for one sample, forward only, inner layers included."""
        return self.layer.multiply_adds(self.before)

    @property
    def activations(self) -> int:
        """How many numbers one sample leaves here for the way back, inner layers included."""
        return self.after.numbers + sum(inner.activations for inner in self.layer.placed(self.before))


@dataclass(frozen=True)
class Survey:
    """A whole stack looked at: the layers that fit, every problem, and the shape at its end if that is known."""

    placed: list[Placed] = field(default_factory=list[Placed])
    problems: list[Problem] = field(default_factory=list[Problem])
    after: Shape | None = None


def flow(layers: Sequence[Layer[Any]], shape: Shape, place: str) -> list[Placed]:
    """The layers of a stack with the shape before and after each. Raises `Problem`, placed below `place`."""
    placed: list[Placed] = []
    for number, layer in enumerate(layers):
        path = place + pointer(number)
        try:
            demand(layer, shape)
            after = layer.shape_after(shape)
        except Problem as problem:
            raise problem.at(path) from None
        placed.append(Placed(path, layer, shape, after))
        shape = after
    return placed


def survey(layers: Sequence[Layer[Any]], shape: Shape, place: str) -> Survey:
    """As `flow`, but it goes on behind a misfit as if that were mended, and gives all problems."""
    placed: list[Placed] = []
    problems: list[Problem] = []
    for number, layer in enumerate(layers):
        path = place + pointer(number)
        try:
            demand(layer, shape)
        except Problem as problem:
            problems.append(problem.at(path))
            if not issubclass(layer.takes(), Features):
                return Survey(placed, problems)
            shape = Features(size=shape.numbers)
        try:
            after = layer.shape_after(shape)
        except Problem:
            problems += [problem.at(path) for problem in layer.problems(shape)]
            continue  # as if the layer were not there
        if not any(problem.place == path for problem in problems):
            placed.append(Placed(path, layer, shape, after))
        shape = after
    return Survey(placed, problems, shape)


def unfolded(placed: Sequence[Placed]) -> Iterator[Placed]:
    """Every layer, the inner ones right behind the layer that holds them, with their whole paths."""
    for one in placed:
        yield one
        for inner in unfolded(one.layer.placed(one.before)):
            yield replace(inner, path=one.path + inner.path)


def sizing(placed: Sequence[Placed]) -> Placed | None:
    """The linear layer that alone decides how many numbers leave the stack, if there is one."""
    for one in reversed(placed):
        if isinstance(one.layer, Linear):
            return one
        if one.before != one.after or one.layer.placed(one.before):
            return None
    return None


def demand(layer: Layer[Any], shape: Shape) -> None:
    """Raises `Problem` where `shape` is not what the layer takes."""
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
