"""Layers along time: they equal PyTorch's own, and padding never counts."""

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from app.parts.layers import Layer
from app.parts.layers.gru import Gru
from app.parts.layers.last_step import LastStep
from app.parts.layers.lstm import Lstm
from app.parts.layers.max_over_time import MaxOverTime
from app.parts.layers.mean_over_time import MeanOverTime
from app.parts.layers.rnn import Rnn
from app.parts.shapes import Padding, Sequence, Series
from app.training.building import build

WIDTH, REAL = 3, 5
RECURRENT: tuple[Any, ...] = (
    Rnn(units=4, gives="last"),
    Lstm(units=4, num_layers=2, bidirectional=True, gives="last"),
    Gru(units=4, bidirectional=True, gives="last"),
)
POOLS: tuple[Any, ...] = (LastStep(), MeanOverTime(), MaxOverTime())


def made(layer: Layer[Any], length: int) -> Any:
    """The module for sequences of this length that are filled up."""
    torch.default_generator.manual_seed(0)
    beside = layer.beside({"padding": Padding(length=length)})
    return build(beside.module_for(Sequence(length=length, width=WIDTH)))


def sentence(length: int) -> tuple[Tensor, Tensor]:
    """The same two sequences, of 5 places and of 3, filled up with something to any length; and what fills up."""
    real = torch.randn(2, REAL, WIDTH, generator=torch.Generator().manual_seed(1))
    x = torch.full((2, length, WIDTH), 9.0)
    x[0, :5], x[1, :3] = real[0], real[1, :3]
    return x, torch.arange(length) >= torch.tensor([[5], [3]])


@pytest.mark.parametrize("layer", [*RECURRENT, *POOLS], ids=lambda layer: layer.kind)
@pytest.mark.parametrize("length", [6, 17])
def test_padding_changes_neither_answer_nor_gradient(layer: Layer[Any], length: int) -> None:
    found: list[tuple[Tensor, Tensor]] = []
    for places in (REAL, length):
        x, padding = sentence(places)
        module, x = made(layer, places), x.requires_grad_()
        module.sides = {"padding": padding}
        answer = module(x)
        answer.pow(2).sum().backward()
        assert x.grad is not None
        found.append((answer, x.grad))
        assert not x.grad[padding].any()
    torch.testing.assert_close(found[0][0], found[1][0], atol=1e-6, rtol=0)
    torch.testing.assert_close(found[0][1], found[1][1][:, :REAL], atol=1e-6, rtol=0)


@pytest.mark.parametrize("layer", RECURRENT, ids=lambda layer: layer.kind)
def test_the_last_state_is_that_of_the_sentence_alone(layer: Layer[Any]) -> None:
    module = made(layer, 9)
    x, padding = sentence(9)
    module.sides = {"padding": padding}
    together = module(x)
    alone = build(layer.module_for(Sequence(length=3, width=WIDTH)))
    alone.load_state_dict(module.state_dict())
    torch.testing.assert_close(together[1:], alone(x[1:, :3]), atol=1e-6, rtol=0)


@pytest.mark.parametrize("layer", RECURRENT, ids=lambda layer: layer.kind)
def test_every_state_of_what_fills_up_is_zero(layer: Layer[Any]) -> None:
    module = made(layer.model_copy(update={"gives": "whole"}), 9)
    x, padding = sentence(9)
    module.sides = {"padding": padding}
    states = module(x)
    assert not states[padding].any()
    assert states[~padding].any(dim=1).all()


@pytest.mark.parametrize(("layer", "own"), [(Rnn(), nn.RNN), (Lstm(), nn.LSTM), (Gru(), nn.GRU)])
def test_a_recurrent_layer_gives_what_pytorch_gives(layer: Layer[Any], own: Callable[..., nn.RNNBase]) -> None:
    module = build(layer.module_for(Series(channels=WIDTH, length=7)))
    other = own(WIDTH, 32, batch_first=True)
    other.load_state_dict(module.state_dict())
    x = torch.randn(2, WIDTH, 7)
    torch.testing.assert_close(module(x), other(x.transpose(1, 2))[0].transpose(1, 2))


def test_an_identity_start_with_relu_adds_up_what_arrives() -> None:
    layer = Rnn(units=WIDTH, nonlinearity="relu", start="identity", gives="last")
    module = build(layer.module_for(Sequence(length=50, width=WIDTH)))
    with torch.no_grad():
        module.weight_ih_l0.copy_(torch.eye(WIDTH))
    x = torch.rand(2, 50, WIDTH)
    torch.testing.assert_close(module(x), x.sum(1))


def test_an_empty_sequence_counts_its_first_place() -> None:
    for layer in (*RECURRENT, *POOLS):
        module = made(layer, 4)
        module.sides = {"padding": torch.ones(2, 4, dtype=torch.bool)}
        assert torch.isfinite(module(torch.ones(2, 4, WIDTH))).all()
