"""Single numbers worked out in plain Python from a layer's rule, as `app/parts/layers/rule.py` says it."""

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from math import floor
from typing import Any

import torch
from torch import Tensor, nn

from app.parts.layers import Layer
from app.parts.layers.rule import Rule
from app.parts.layers.step_rule import ARRIVING
from app.parts.shapes import Channelled, Shape
from tests.parts.stepping import Steps

Place = tuple[int, ...]


@dataclass(frozen=True)
class Case:
    """A layer as it is built, with what arrives and the sizes of what leaves."""

    rule: Rule
    module: nn.Module
    shape: Shape
    leaving: Place
    arrived: list[Any]  # of each sample, as nested lists
    stepped: list[Steps] = field(default_factory=list[Steps])  # of each sample, where the rule has steps
    ends: list[list[Any]] = field(default_factory=list[list[Any]])  # what leaves each stack it holds, of each sample


def case_of(
    layer: Layer[Any], module: nn.Module, shape: Shape, arrived: list[Any], counts: list[int] | None = None
) -> Case:
    """Of sequences that are filled up, the first `counts` places of each sample count; without, all do."""
    rule = layer.rule(shape)
    stepped = stepped_of(rule, module, shape, torch.tensor(arrived), counts) if rule.reads == "steps" else []
    ends = ends_of(layer, module, shape, arrived) if rule.reads == "parts" else []
    return Case(rule, module, shape, layer.shape_after(shape).sizes, arrived, stepped, ends)


def number_of(case: Case, sample: int, place: Place) -> float:
    """The number at a place of what leaves, from those that arrive."""
    if case.stepped:
        return number_in(case, sample, place)
    if case.rule.reads == "parts":
        return joined(case, sample, place)
    return again_of(case, case.arrived[sample], place)


def joined(case: Case, sample: int, place: Place) -> float:
    """The number at a place, from what the layers that it holds make."""
    parts = [*([case.arrived] if case.rule.around else []), *case.ends]
    if case.rule.makes == "add":
        return sum(number_at(part[sample], place) for part in parts)
    axis = case.shape.dim - 1
    before, index, behind = place[:axis], place[axis], place[axis + 1 :]
    for part in parts:
        own = len(number_at(part[sample], before))
        if index < own:
            return number_at(part[sample], (*before, index, *behind))
        index -= own
    raise ValueError(f"Expected a place within what is joined, but got {place}.")


def ends_of(layer: Layer[Any], module: nn.Module, shape: Shape, arrived: list[Any]) -> list[list[Any]]:
    """All numbers at the end of each stack that a layer holds, worked out layer after layer."""
    ends: list[list[Any]] = []
    for path, _ in layer.stacks():
        numbers = arrived
        for placed in layer.placed(shape):
            if placed.path.startswith(f"{path}/"):
                inner = module.get_submodule(placed.path[1:].replace("/", "."))
                numbers = all_of(case_of(placed.layer, inner, placed.before, numbers))
        ends.append(numbers)
    return ends


def all_of(case: Case) -> list[Any]:
    """All numbers that leave: a nested list for each sample."""
    return [
        nested(case.leaving, lambda place, sample=sample: number_of(case, sample, place))
        for sample in range(len(case.arrived))
    ]


def nested(sizes: Place, number: Callable[[Place], float], before: Place = ()) -> Any:
    if len(before) == len(sizes):
        return number(before)
    return [nested(sizes, number, (*before, index)) for index in range(sizes[len(before)])]


def stepped_of(rule: Rule, module: nn.Module, shape: Shape, x: Tensor, counts: list[int] | None = None) -> list[Steps]:
    """The steps of every sample; without `counts`, all places count."""
    rows = x.flatten(2).transpose(1, 2) if isinstance(shape, Channelled) else x.reshape(len(x), -1, x.shape[-1])
    parameters = {name: parameter.tolist() for name, parameter in module.named_parameters()}
    beside = beside_of(module)
    many = counts or [rows.shape[1]] * len(rows)
    return [
        Steps(rule, parameters, {ARRIVING: sample} | beside, {ARRIVING: count, "memory": 4})
        for sample, count in zip(rows.tolist(), many, strict=True)
    ]


def beside_of(module: Any) -> dict[str, list[list[float]]]:
    """The sides that were laid out for a module: the same for every sample."""
    sides: Mapping[str, Tensor] = getattr(module, "sides", {})
    return {name: side[0].reshape(-1, side.shape[-1]).tolist() for name, side in sides.items()}


def number_in(case: Case, sample: int, place: Place) -> float:
    """The number at a place of what leaves the last step: a flat list is its first row, channels lie across."""
    steps = case.stepped[sample]
    if len(place) == 1:
        return steps.number(steps.last, 0, place[0])
    if not isinstance(case.shape, Channelled):
        return steps.number(steps.last, *place)
    t = 0
    for index, size in zip(place[1:], case.leaving[1:], strict=True):
        t = t * size + index
    return steps.number(steps.last, t, place[0])


def again_of(case: Case, x: Any, place: Place) -> float:
    """The number at a place of what leaves, from what arrives as nested lists."""
    rule, module = case.rule, case.module
    if rule.makes == "function":
        return function_of(module, x, place)
    if rule.makes == "blend":
        return blend(case, x, place)
    read = list(reads(case, place))
    values = [(at, number_at(x, at) if inside else 0.0, inside) for at, inside in read]
    if rule.makes == "dot":
        return dot(case, values, place)
    if rule.makes == "max":
        return max(value for _, value, inside in values if inside)
    if rule.makes == "mean":
        return sum(value for _, value, _ in values) / len(values)
    if rule.reads == "row":
        weight: Tensor = module.get_parameter("weight")
        return weight[int(values[0][1])].tolist()[place[-1]]
    [(_, value, _)] = values
    return value


def number_at(x: Any, place: Place) -> Any:
    """What stands at a place of nested lists: a number, or a list where the place leads to one."""
    for index in place:
        x = x[index]
    return x


def reads(case: Case, place: Place) -> Iterator[tuple[Place, bool]]:
    """The places that are read, and whether each lies inside."""
    rule, sizes = case.rule, case.shape.sizes
    match rule.reads:
        case "place":
            yield from (((*place[:-1], at), True) for at in range(sizes[-1]))
        case "same":
            yield place, True
        case "row":
            yield place[:-1], True
        case "channel":
            yield from (((place[0], *at), True) for at in itertools.product(*map(range, sizes[1:])))
        case "order":
            number = 0
            for index, size in zip(place, case.leaving, strict=True):
                number = number * size + index
            yield unravelled(number, sizes), True
        case "axes":
            there = [0] * len(sizes)
            for own, axis in zip(place, rule.dims, strict=True):
                there[axis - 1] = own
            yield tuple(there), True
        case "shifted":
            rows, columns = rule.dims
            there = (place[0], place[1] - rows, place[2] - columns)
            yield there, all(0 <= coordinate < side for coordinate, side in zip(there, sizes, strict=True))
        case "scaled":
            yield (place[0], *(at // rule.factor for at in place[1:])), True
        case "window" | "stamp" | "share":
            yield from under(case, place)
        case _:
            raise ValueError(f"Expected a rule of single numbers, but got {rule}.")


def under(case: Case, place: Place) -> Iterator[tuple[Place, bool]]:
    """The places under a window, of all channels of its group where they are summed up, else of its own."""
    sides = case.shape.sizes[1:]
    ends = zip(place[1:], sides, case.leaving[1:], strict=True)
    along = [list(along_axis(case.rule, at, arriving, leaving)) for at, arriving, leaving in ends]
    for channel in channels_of(case, place):
        for at in itertools.product(*along):
            yield (channel, *at), all(0 <= coordinate < side for coordinate, side in zip(at, sides, strict=True))


def along_axis(rule: Rule, at: int, arriving: int, leaving: int) -> Iterator[int]:
    if rule.reads == "share":
        yield from range(at * arriving // leaving, -(-(at + 1) * arriving // leaving))
        return
    for u in range(rule.kernel):
        if rule.reads == "window":
            yield at * rule.stride + u * rule.dilation - rule.padding
        else:
            there, rest = divmod(at + rule.padding - u * rule.dilation, rule.stride)
            yield there if not rest else -1


def channels_of(case: Case, place: Place) -> range:
    rule = case.rule
    if rule.makes != "dot":
        return range(place[0], place[0] + 1)
    size = case.shape.sizes[0] // rule.groups
    group = place[0] // (case.leaving[0] // rule.groups)
    return range(group * size, (group + 1) * size)


def dot(case: Case, values: list[tuple[Place, float, bool]], place: Place) -> float:
    """The weighted sum and the bias. Values come channel by channel, each in the order of the kernel."""
    rule, named = case.rule, dict(case.module.named_parameters())
    weight, own = named["weight"], place[-1] if rule.reads == "place" else place[0]
    if rule.reads == "stamp":  # PyTorch keeps (arriving, leaving of one group, …)
        per_group = case.leaving[0] // rule.groups
        channels = channels_of(case, place)
        kernel = weight[channels.start : channels.stop, own % per_group]
    else:
        kernel = weight[own]
    total = sum(value * w for (_, value, inside), w in zip(values, kernel.flatten().tolist(), strict=True) if inside)
    return total + (named["bias"][own].item() if "bias" in named else 0.0)


def function_of(module: nn.Module, x: Any, place: Place) -> float:
    """What a layer makes of the number at a place, with any others everywhere else."""
    given = torch.tensor(x)
    others = torch.randn_like(given)
    others[place] = given[place]
    with torch.no_grad():
        return module(others[None])[(0, *place)].item()


def blend(case: Case, x: Any, place: Place) -> float:
    """The mean of the neighbours on all sides, the nearer the more."""
    total = 0.0
    ends = []
    for r, size in zip(place[1:], case.shape.sizes[1:], strict=True):
        p = min(max((r + 0.5) / case.rule.factor - 0.5, 0.0), size - 1)
        ends.append([(floor(p), 1 - p % 1), (min(floor(p) + 1, size - 1), p % 1)])
    for chosen in itertools.product(*ends):
        weight = 1.0
        for _, share in chosen:
            weight *= share
        total += weight * number_at(x, (place[0], *(at for at, _ in chosen)))
    return total


def unravelled(number: int, sizes: Place) -> Place:
    found: list[int] = []
    for size in reversed(sizes):
        number, index = divmod(number, size)
        found.append(index)
    return tuple(reversed(found))
