"""What one click may do to a stack of layers so that it ends with a wanted shape. Each way is tried first."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from pydantic import ValidationError

from app.parts.layers.conv1d import Conv1d
from app.parts.layers.conv2d import Conv2d
from app.parts.layers.layer import Layer
from app.parts.layers.linear import Linear
from app.parts.layers.stack import Placed, flow
from app.parts.layers.upsample import Upsample
from app.parts.layers.zero_pad2d import ZeroPad2d
from app.parts.problem import Edit, Fix, Problem, Value
from app.parts.shapes import Channelled, Image, Shape, Vectors

Wanted: TypeAlias = Callable[[Shape], bool]


@dataclass(frozen=True)
class Stack:
    """Layers in their places; `place` is the path of their list, `before` what arrives at the first."""

    place: str
    before: Shape
    placed: Sequence[Placed]

    @property
    def after(self) -> Shape:
        """What leaves the last."""
        return self.placed[-1].after if self.placed else self.before


def mended(stack: Stack, target: Shape, wanted: Wanted | None = None) -> tuple[Fix, ...]:
    """The ways to make `stack` end with `target`, best first; with `wanted`, any shape that it finds good will do."""

    def good(shape: Shape) -> bool:
        return wanted(shape) if wanted else shape == target

    fixes: list[Fix] = []
    for change in _changes(stack, target):
        more_than_enough = any(set(map(repr, fix.edits)) <= set(map(repr, change.fix.edits)) for fix in fixes)
        if not more_than_enough and change.gives(stack, good):
            fixes.append(change.fix)
    return tuple(fixes[:2])


def resized(stack: Stack, units: int) -> Edit | None:
    """The edit that makes a stack end with so many neurons or channels, where a single field decides it."""
    entry = _sizing(stack.placed)
    if entry is None:
        return None
    change = _Change(Fix(""), ((entry.path, type(entry.layer).sized_by, units),))
    return change.fix.edits[0] if change.gives(stack, lambda shape: shape.at_each == units) else None


@dataclass(frozen=True)
class _Change:
    """Some fields of layers set, as (path, field, value), and some layers added at the end."""

    says: Fix  # without its edits
    fields: tuple[tuple[str, str, int], ...] = ()
    added: tuple[tuple[type[Layer[Any]], dict[str, int]], ...] = ()
    place: str = ""

    @property
    def fix(self) -> Fix:
        edits = [Edit("add", f"{path}/{field}", value) for path, field, value in self.fields]
        edits += [Edit("add", self.place + "/-", {"kind": kind.kind_name(), **has}) for kind, has in self.added]
        return replace(self.says, edits=tuple(edits))

    def gives(self, stack: Stack, good: Wanted) -> bool:
        """Whether the stack, changed so, ends with a shape that is good."""
        try:
            layers = [self._changed(entry) for entry in stack.placed]
            layers += [kind.model_validate(has) for kind, has in self.added]
            end = flow(layers, stack.before, "")
        except (Problem, ValidationError):
            return False
        return good(end[-1].after if end else stack.before)

    def _changed(self, entry: Placed) -> Layer[Any]:
        changes = {field: value for path, field, value in self.fields if path == entry.path}
        return type(entry.layer).model_validate(entry.layer.model_dump() | changes) if changes else entry.layer


def _changes(stack: Stack, target: Shape) -> Iterator[_Change]:
    after, units = stack.after, target.at_each
    entry = _sizing(stack.placed)
    sized = ((entry.path, type(entry.layer).sized_by, units),) if entry else ()
    padded = tuple(_paddings(stack.placed))
    named: dict[str, Value] = {"units": units}
    if sized and isinstance(target, Vectors):
        yield _Change(Fix("Give the last inner layer {units} neurons", named), sized)
    elif sized:
        yield _Change(Fix("Give the last inner layer {units} channels", named), sized)
    if padded:
        yield _Change(Fix("Pad the windows so that the size stays"), padded)
    if padded and sized:
        both = Fix("Pad the windows, and give the last inner layer {units} channels", named)
        yield _Change(both, padded + sized)
    if isinstance(after, Channelled) and isinstance(target, Channelled):
        yield from _scalings(stack, after, target, sized)
    yield _added_last(stack, target)


def _scalings(
    stack: Stack, after: Channelled, target: Channelled, sized: tuple[tuple[str, str, int], ...]
) -> Iterator[_Change]:
    """Upsampling, and zeros at the right and at the bottom."""
    scale = target.sides[0] // after.sides[0]
    larger: tuple[tuple[type[Layer[Any]], dict[str, int]], ...] = ()
    if scale > 1:
        larger = ((Upsample, {"scale_factor": scale}),)
        named: dict[str, Value] = {"scale": scale, "units": target.channels}
        yield _Change(Fix("Add upsampling by {scale}", {"scale": scale}), (), larger, stack.place)
        both = Fix("Add upsampling by {scale}, and give the last layer with filters {units} channels", named)
        yield _Change(both, sized, larger, stack.place)
    if isinstance(target, Image) and isinstance(after, Image):
        bottom, right = target.height - after.height * max(scale, 1), target.width - after.width * max(scale, 1)
        pad = (ZeroPad2d, {"left": 0, "right": right, "top": 0, "bottom": bottom})
        size = Fix("Add zeros up to {height} × {width}", {"height": target.height, "width": target.width})
        yield _Change(size, (), (*larger, pad), stack.place)


def _added_last(stack: Stack, target: Shape) -> _Change:
    """A layer that only changes how many neurons or channels there are."""
    units = target.at_each
    if isinstance(target, Vectors):
        says = Fix("Add an inner linear layer of {units} neurons", {"units": units})
        return _Change(says, (), ((Linear, {"units": units}),), stack.place)
    says = Fix("Add an inner convolution of {units} filters", {"units": units})
    kind = Conv2d if isinstance(target, Image) else Conv1d
    return _Change(says, (), ((kind, {"filters": units, "kernel": 1}),), stack.place)


def _sizing(placed: Sequence[Placed]) -> Placed | None:
    """The layer whose field alone decides how many neurons or channels leave the stack, if there is one."""
    for entry in reversed(placed):
        if type(entry.layer).sized_by:
            return entry
        if entry.before.at_each != entry.after.at_each or entry.layer.stacks():
            return None
    return None


def _paddings(placed: Sequence[Placed]) -> Iterator[tuple[str, str, int]]:
    """The padding with which each window that moves one by one keeps the size."""
    for entry in placed:
        kernel, stride, padding = (getattr(entry.layer, name, None) for name in ("kernel", "stride", "padding"))
        if kernel is not None and padding is not None and stride == 1:
            reach = getattr(entry.layer, "dilation", 1) * (kernel - 1)
            if reach % 2 == 0 and padding != reach // 2:
                yield entry.path, "padding", reach // 2
