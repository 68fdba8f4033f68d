"""Where numbers come from: single ones are worked out again in plain Python from a layer's rule."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import floor
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from app.parts.layers import LAYERS, Layer
from app.parts.layers.attention import Attention
from app.parts.layers.branches import Branches
from app.parts.layers.first_step import FirstStep
from app.parts.layers.gru import Gru
from app.parts.layers.last_step import LastStep
from app.parts.layers.lstm import Lstm
from app.parts.layers.max_over_time import MaxOverTime
from app.parts.layers.mean_over_time import MeanOverTime
from app.parts.layers.rnn import Rnn
from app.parts.layers.rule import Rule
from app.parts.layers.step_rule import ARRIVING
from app.parts.layers.transformer_block import TransformerBlock
from app.parts.shapes import Channelled, Padding, Sequence, Series, Shape
from tests.parts.families import example
from tests.parts.outcomes import batch_of, built, fitting
from tests.parts.stepping import Steps
from tests.parts.variants import with_variants

CELLS = 1000  # of each kind
Place = tuple[int, ...]


@dataclass(frozen=True)
class Case:
    """A layer as it is built, and what arrives and leaves."""

    rule: Rule
    module: nn.Module
    shape: Shape
    leaving: Place
    stepped: list[Steps]  # of each sample, where the rule has steps


def cases(part: type[Layer[Any]]) -> list[tuple[Layer[Any], Shape]]:
    """Every variant of a layer with every shape that fits."""
    return [(layer, shape) for layer in with_variants(example(part)) for shape in fitting(layer)]


RULED = [part for part in LAYERS if not example(part).stacks()]  # the others are what they hold


@pytest.mark.parametrize("part", RULED, ids=lambda part: part.kind_name())
def test_single_numbers_come_out_again(part: type[Layer[Any]]) -> None:
    chance = torch.Generator().manual_seed(1)
    found = cases(part)
    each = -(-CELLS // len(found))
    for layer, shape in found:
        module = built(layer, shape).eval()
        x = batch_of(shape)
        with torch.no_grad():
            y = module(x)
        arrived, rule = x.tolist(), layer.rule(shape)
        stepped = stepped_of(rule, module, shape, x) if rule.reads == "steps" else []
        case = Case(rule, module, shape, tuple(y.shape[1:]), stepped)
        for _ in range(each):
            sample, *rest = (int(torch.randint(size, (), generator=chance)) for size in y.shape)
            place = tuple(rest)
            again = number_in(case, sample, place) if stepped else again_of(case, arrived[sample], place)
            assert again == pytest.approx(y[(sample, *place)].item(), abs=1e-5, rel=1e-5), (layer, shape, place)


def test_layers_that_read_sequences_say_their_steps() -> None:
    stepped = {part.kind_name() for part in LAYERS if any(one.rule(shape).steps for one, shape in cases(part))}
    assert stepped >= {"rnn", "lstm", "gru", "attention", "transformer_block", "cross_attention", "decoder_block"}


FILLED: tuple[Layer[Any], ...] = (
    Rnn(units=3),
    Lstm(units=3, gives="last"),
    Lstm(units=3, num_layers=2, bidirectional=True),
    Gru(units=3, num_layers=2, bidirectional=True, gives="last"),
    Attention(heads=2),
    Attention(heads=2, causal=True, rotary=True),
    TransformerBlock(heads=2),
    FirstStep(),
    LastStep(),
    MeanOverTime(),
    MaxOverTime(),
)


@pytest.mark.parametrize("layer", FILLED, ids=repr)
def test_steps_say_what_becomes_of_places_that_only_fill_up(layer: Layer[Any]) -> None:
    shape, counts = Sequence(length=6, width=4), [6, 4, 1]
    placed = layer.beside({"padding": Padding(length=6)})
    module, x = built(placed, shape).eval(), batch_of(shape)[:3]
    for inner in module.modules():
        inner.sides = {"padding": torch.arange(6) >= torch.tensor(counts)[:, None]}
    with torch.no_grad():
        y = module(x)
    rule = placed.rule(shape)
    case = Case(rule, module, shape, tuple(y.shape[1:]), stepped_of(rule, module, shape, x, counts))
    for sample, *rest in itertools.product(*map(range, y.shape)):
        place = tuple(rest)
        assert number_in(case, sample, place) == pytest.approx(y[(sample, *place)].item(), abs=1e-5, rel=1e-5)


def test_a_gru_keeps_its_state_by_as_much_as_its_gate_says() -> None:
    names = {step.name: step for step in Gru(units=2).rule(Sequence(length=3, width=1)).steps}
    last = names["h"]

    assert (last.makes, last.of) == ("products", ("k", "n", "z", "h[t−1]"))
    assert (names["k"].makes, names["k"].of) == ("rest", ("z",))


def test_what_joins_says_how() -> None:
    holding = {part.kind_name(): example(part).rule(fitting(example(part))[0]) for part in LAYERS}
    joins = {kind: (rule.makes, rule.around) for kind, rule in holding.items() if rule.reads == "parts"}
    assert joins == {"residual": ("add", True), "skip": ("concat", True), "branches": ("concat", False)}
    assert Branches(join="add").rule(Series(channels=1, length=12)).makes == "add"


def stepped_of(rule: Rule, module: nn.Module, shape: Shape, x: Tensor, counts: list[int] | None = None) -> list[Steps]:
    """The steps of every sample; without `counts`, all places count."""
    rows = x.flatten(2).transpose(1, 2) if isinstance(shape, Channelled) else x.reshape(len(x), -1, x.shape[-1])
    parameters = {name: parameter.tolist() for name, parameter in module.named_parameters()}
    beside = beside_of(module)
    many = counts or [rows.shape[1]] * len(rows)
    return [
        Steps(rule, parameters, {ARRIVING: one} | beside, {ARRIVING: count, "memory": 4})
        for one, count in zip(rows.tolist(), many, strict=True)
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


def number_at(x: Any, place: Place) -> float:
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
            yield there, all(0 <= one < side for one, side in zip(there, sizes, strict=True))
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
            yield (channel, *at), all(0 <= one < side for one, side in zip(at, sides, strict=True))


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
