"""The longest chain of operations that layers tell."""

from typing import Any

import pytest

from app.parts.layers import LAYERS, Layer
from app.parts.layers.attention import Attention
from app.parts.layers.branches import Branch, Branches
from app.parts.layers.gru import Gru
from app.parts.layers.linear import Linear
from app.parts.layers.lstm import Lstm
from app.parts.layers.relu import Relu
from app.parts.layers.residual import Residual
from app.parts.layers.rnn import Rnn
from app.parts.layers.transformer_block import TransformerBlock
from app.parts.shapes import Sequence
from tests.parts.families import example
from tests.parts.outcomes import fitting

PLACES, WIDE = Sequence(length=10, width=8), Sequence(length=20, width=8)


@pytest.mark.parametrize(
    ("layer", "chain", "of_twice_the_places"),
    [
        (Rnn(units=3), 20, 40),  # the sum over the state before, the new state
        (Gru(units=3), 40, 80),  # reset, what it lets pass, candidate, state
        (Lstm(units=3), 40, 80),  # sums, memory, its bend, state
        (Lstm(units=3, num_layers=2), 44, 84),  # the upper layer begins one place behind
        (Lstm(units=3, bidirectional=True), 40, 80),
        (Lstm(units=3, bidirectional=True, num_layers=2), 80, 160),
        (Attention(heads=2), 3, 3),  # queries, what heads find, the sum behind
        (Attention(heads=2, rotary=True), 4, 4),
        (TransformerBlock(heads=2, feedforward=4), 9, 9),
        (Residual(layers=[Lstm(units=8)]), 41, 81),
        (Branches(branches=[Branch(layers=[]), Branch(layers=[Relu(), Relu()])]), 3, 3),
        (Linear(units=3), 1, 1),
    ],
    ids=repr,
)
def test_the_longest_chain_grows_with_the_places_where_each_waits_for_the_one_before(
    layer: Layer[Any], chain: int, of_twice_the_places: int
) -> None:
    assert layer.chain(PLACES) == chain
    assert layer.chain(WIDE) == of_twice_the_places


@pytest.mark.parametrize("part", LAYERS, ids=lambda part: part.kind_name())
def test_every_layer_tells_its_chain_wherever_it_fits(part: type[Layer[Any]]) -> None:
    layer = example(part)
    for shape in fitting(layer):
        inner = sum(placed.chain for placed in layer.placed(shape))  # where it holds others, of one stack
        assert layer.chain(shape) >= 1
        assert len(layer.stacks()) > 1 or not layer.stacks() or layer.chain(shape) == 1 + inner
