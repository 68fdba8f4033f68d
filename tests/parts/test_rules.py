"""Where numbers come from: single ones are worked out again in plain Python from a layer's rule."""

import itertools
from typing import Any

import pytest
import torch
from torch import Tensor

from app.parts.layers import LAYERS, Layer
from app.parts.layers.attention import Attention
from app.parts.layers.branches import Branches
from app.parts.layers.first_step import FirstStep
from app.parts.layers.gru import Gru
from app.parts.layers.last_step import LastStep
from app.parts.layers.lstm import Lstm
from app.parts.layers.max_over_time import MaxOverTime
from app.parts.layers.mean_over_time import MeanOverTime
from app.parts.layers.residual import Residual
from app.parts.layers.rnn import Rnn
from app.parts.layers.transformer_block import TransformerBlock
from app.parts.shapes import Features, Image, Padding, Sequence, Series, Shape
from tests.parts.families import example
from tests.parts.outcomes import SHAPES, arrives, batch_of, built, fitting
from tests.parts.single_numbers import case_of, number_of
from tests.parts.variants import with_variants

CELLS = 1000  # of each kind


def cases(part: type[Layer[Any]]) -> list[tuple[Layer[Any], Shape]]:
    """Every variant of a layer with every shape that fits."""
    return [(layer, shape) for layer in with_variants(example(part)) for shape in fitting(layer)]


HOLDING = [part for part in LAYERS if example(part).stacks()]
RULED = [part for part in LAYERS if part not in HOLDING]


@pytest.mark.parametrize("part", RULED, ids=lambda part: part.kind_name())
def test_single_numbers_come_out_again(part: type[Layer[Any]]) -> None:
    found = cases(part)
    for layer, shape in found:
        compare(layer, shape, batch_of(shape), -(-CELLS // len(found)))


@pytest.mark.parametrize("part", HOLDING, ids=lambda part: part.kind_name())
def test_what_holds_layers_comes_out_again_from_their_rules(part: type[Layer[Any]]) -> None:
    begun = [(part.started(shape), shape) for shape in SHAPES if arrives(part, shape)]
    found = [(layer, shape) for layer, shape in [*cases(part), *begun] if not layer.problems(shape)]
    assert {type(shape) for _, shape in found} >= {Features, Image, Series, Sequence}
    for layer, shape in found:
        compare(layer, shape, batch_of(shape)[:2], -(-CELLS // len(found)))


def test_layers_within_layers_within_layers_come_out_again() -> None:
    narrow, same = {"kind": "conv2d", "filters": 2, "kernel": 1}, {"kind": "conv2d", "filters": 4, "padding": 1}
    deep = {"kind": "skip", "layers": [same, {"kind": "residual", "layers": [same, {"kind": "tanh"}]}]}
    branches = {"kind": "branches", "branches": [{"layers": [narrow]}, {"layers": [deep, narrow]}, {}]}
    picture = Image(channels=4, height=8, width=8)
    compare(Residual.model_validate({"layers": [branches, same]}), picture, batch_of(picture)[:2], CELLS)


def compare(layer: Layer[Any], shape: Shape, x: Tensor, cells: int) -> None:
    """Works so many numbers out again, drawn from all that leave when `x` arrives."""
    chance = torch.Generator().manual_seed(1)
    module = built(layer, shape).eval()
    with torch.no_grad():
        y = module(x)
    case = case_of(layer, module, shape, x.tolist())
    assert case.leaving == tuple(y.shape[1:])
    for _ in range(cells):
        sample, *rest = (int(torch.randint(size, (), generator=chance)) for size in y.shape)
        place = tuple(rest)
        again = number_of(case, sample, place)
        assert again == pytest.approx(y[(sample, *place)].item(), abs=1e-5, rel=1e-5), (layer, shape, place)


def test_layers_that_read_sequences_say_their_steps() -> None:
    stepped = {part.kind_name() for part in LAYERS if any(layer.rule(shape).steps for layer, shape in cases(part))}
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
    case = case_of(placed, module, shape, x.tolist(), counts)
    for sample, *rest in itertools.product(*map(range, y.shape)):
        place = tuple(rest)
        assert number_of(case, sample, place) == pytest.approx(y[(sample, *place)].item(), abs=1e-5, rel=1e-5)


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


@pytest.mark.parametrize("part", RULED, ids=lambda part: part.kind_name())
def test_what_a_layer_carries_is_what_its_steps_take_over(part: type[Layer[Any]]) -> None:
    for layer, shape in cases(part):
        steps, carries = layer.rule(shape).steps, layer.carries(shape)
        before = {step.name: step for step in steps if step.makes == "before"}
        taken = [(step.of[0], step.backwards) for step in before.values()]
        assert [(name, carried.backwards) for carried in carries for name in carried.names] == taken
        for carried in carries:
            over = {name for name, step in before.items() if step.of[0] in carried.names}
            used = [step for step in steps if step.makes == "dot" and over & set(step.of)]
            assert {step.weights[step.of.index(name)] for step in used for name in over & set(step.of)} == {
                carried.weights[1]
            }
            assert set(carried.weights) <= layer.weights(shape).keys()


@pytest.mark.parametrize("part", [Rnn, Lstm, Gru], ids=lambda part: part.kind_name())
def test_the_states_of_each_direction_stand_where_they_are_said_to(part: type[Layer[Any]]) -> None:
    shape = Sequence(length=5, width=4)
    layer = part.model_validate({"units": 3, "bidirectional": True})
    module, x = built(layer, shape), batch_of(shape)
    other = x.clone()
    other[:, -1] += 1.0  # what is read last in one direction, and first in the other
    with torch.no_grad():
        moved = (module(other) - module(x))[:, 0].abs().amax(0)
    for carried in layer.carries(shape):
        assert bool((moved[carried.first : carried.first + carried.units] > 0).all()) is carried.backwards
    stacked = part.model_validate({"units": 3, "bidirectional": True, "num_layers": 2})
    assert [carried.first for carried in stacked.carries(shape)] == [0, 3, 0, 3]
    assert [carried.lower for carried in stacked.carries(shape)] == ["l0", "l0", None, None]
