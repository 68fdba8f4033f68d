"""Shapes flow through a stack of layers, and each that does not fit says so in its own place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import isqrt
from typing import Any

from app.parts.layers.layer import Layer
from app.parts.problem import Edit, Fix, Problem, pointer
from app.parts.shapes import Channelled, Features, Image, Series, Shape, Tokens

NONE: Mapping[str, Shape] = {}


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
    def chain(self) -> int:
        """How many operations wait for one another, inner layers included."""
        return self.layer.chain(self.before)

    @property
    def activations(self) -> int:
        """How many numbers one sample leaves here for the way back, inner layers included."""
        return self.after.numbers + self.layer.within(self.before)


@dataclass(frozen=True)
class Survey:
    """A whole stack looked at: the layers that fit, every problem, and the shape at its end if that is known."""

    placed: list[Placed] = field(default_factory=list[Placed])
    problems: list[Problem] = field(default_factory=list[Problem])
    after: Shape | None = None


def flow(layers: Sequence[Layer[Any]], shape: Shape, place: str, sides: Mapping[str, Shape] = NONE) -> list[Placed]:
    """The layers of a stack with the shape before and after each. Raises `Problem`, placed below `place`.

    `sides` are what the layers can read besides.
    """
    placed: list[Placed] = []
    for number, given in enumerate(layers):
        layer, path = given.beside(sides), place + pointer(number)
        try:
            demand(layer, shape, sides)
            after = layer.shape_after(shape)
        except Problem as problem:
            raise problem.at(path) from None
        placed.append(Placed(path, layer, shape, after))
        shape, sides = after, layer.sides_after(shape)
    return placed


def sides_behind(placed: Sequence[Placed], sides: Mapping[str, Shape]) -> Mapping[str, Shape]:
    """What can be read behind the layers of a stack, in front of which that is `sides`."""
    return placed[-1].layer.sides_after(placed[-1].before) if placed else sides


def survey(layers: Sequence[Layer[Any]], shape: Shape, place: str, sides: Mapping[str, Shape] = NONE) -> Survey:
    """As `flow`, but it goes on behind a misfit as if that were mended, and gives all problems.

    Where no number comes in, nothing can be told; that none does is a problem of the data.
    """
    placed: list[Placed] = []
    problems: list[Problem] = []
    if shape.numbers == 0:
        return Survey()
    for number, given in enumerate(layers):
        layer, path = given.beside(sides), place + pointer(number)
        try:
            demand(layer, shape, sides)
        except Problem as problem:
            problems.append(problem.at(path))
            if not issubclass(Features, layer.takes()) or isinstance(shape, layer.takes()):
                return Survey(placed, problems)
            shape = Features(size=shape.numbers)
        try:
            after = layer.shape_after(shape)
        except Problem:
            problems += [problem.at(path) for problem in layer.problems(shape)]
            continue  # as if the layer were not there
        if not any(problem.place == path for problem in problems):
            placed.append(Placed(path, layer, shape, after))
        shape, sides = after, layer.sides_after(shape)
    return Survey(placed, problems, shape)


def unfolded(placed: Sequence[Placed]) -> Iterator[Placed]:
    """Every layer, the inner ones right behind the layer that holds them, with their whole paths."""
    for entry in placed:
        yield entry
        for inner in unfolded(entry.layer.placed(entry.before)):
            yield replace(inner, path=entry.path + inner.path)


def demand(layer: Layer[Any] | type[Layer[Any]], shape: Shape, sides: Mapping[str, Shape] = NONE) -> None:
    """Raises `Problem` where `shape` is not what the layer takes, or the side that it reads is not there."""
    if layer.reads and layer.reads not in sides:
        raise Problem(
            "{layer} reads something that this task does not give to this network.",
            layer=layer.title,
            fixes=(Fix("Remove it", edits=(Edit("remove", ""),)),),
        )
    wanted = layer.takes()
    if shape.dtype != wanted.dtype:
        raise Problem(
            "{layer} takes {wanted}, but here arrives {shape}.",
            layer=layer.title,
            wanted=wanted.noun if wanted.dtype != Shape.dtype else "numbers",
            shape=type(shape).noun,
            fixes=(
                Fix("Add Embedding before it", edits=(Edit("add", "", {"kind": "embedding"}),))
                if isinstance(shape, Tokens)
                else Fix("Remove it", edits=(Edit("remove", ""),)),
            ),
        )
    if isinstance(shape, wanted):
        return
    raise Problem(
        "{layer} takes {wanted}, but here arrives {shape}.",
        layer=layer.title,
        wanted=wanted.noun,
        shape=type(shape).noun,
        fixes=tuple(_ways_in(layer, shape)) or (Fix("Remove it", edits=(Edit("remove", ""),)),),
    )


def _ways_in(layer: Layer[Any] | type[Layer[Any]], shape: Shape) -> Iterator[Fix]:
    """What makes `shape` one that the layer takes, or takes a layer that takes it."""
    twin, wanted = layer.twin, layer.takes()
    if twin and isinstance(shape, twin.takes):
        yield Fix("Use {kind}", {"kind": twin.title}, (Edit("add", "/kind", twin.kind),))
    if issubclass(Features, wanted) and not isinstance(shape, Tokens):
        yield Fix("Add Flatten before it", edits=(Edit("add", "", {"kind": "flatten"}),))
        if isinstance(shape, Channelled):
            pool = Edit("add", "", {"kind": "global_avg_pool"})
            yield Fix("Add global average pooling before it", edits=(pool,))
    elif isinstance(shape, Features):
        sizes = square(shape.numbers) if issubclass(Image, wanted) else [1, shape.numbers]
        if sizes and (len(sizes) == 3 or issubclass(Series, wanted)):
            edit = Edit("add", "", {"kind": "reshape", "sizes": sizes})
            yield Fix("Add Reshape to {sizes} before it", {"sizes": " × ".join(map(str, sizes))}, (edit,))


def square(numbers: int) -> list[int] | None:
    """Channels, height and width of a square picture in grey or in colours that has so many numbers, if one has."""
    for channels in (1, 3):
        side = isqrt(numbers // channels)
        if channels * side * side == numbers:
            return [channels, side, side]
    return None
