"""Rows of tokens and of places that add up to what goes into a network."""

from typing import Any

import numpy as np
import pytest
import torch

from tests.training.test_attention_probe import BLOCK, REVIEWS
from tests.training.test_language_model import LSTM, stories
from tests.training.test_probes import looked_at, values

LEARNED: dict[str, Any] = {"kind": "learned_position", "places": 32}


@pytest.mark.parametrize("position", [LEARNED, {"kind": "sinusoidal_position"}])
def test_rows_are_those_of_the_weights_and_add_up_exactly(position: dict[str, Any]) -> None:
    look, frames = looked_at(stories(position, {**BLOCK, "causal": True}))
    arrays = {name: values(array) for name, array in frames["input_rows"].arrays.items()}
    tokens = arrays["tokens"]
    layers: Any = look.networks["main"].layers
    rows = layers[0].weight.detach().numpy()
    assert (arrays["embedded"].transpose(0, 2, 1) == rows[tokens]).all()
    assert (arrays["embedded"] + arrays["positions"] == arrays["sums"]).all()
    with torch.no_grad():
        entered = layers[:2](torch.tensor(tokens).long()).numpy()
    assert (arrays["sums"].transpose(0, 2, 1) == entered).all()
    if position is LEARNED:
        assert (layers[1].weight.detach().numpy()[: tokens.shape[1]] == arrays["positions"].T).all()


def test_wide_rows_are_told_in_part() -> None:
    layers = [{"kind": "embedding", "width": 100}, LEARNED, BLOCK, {"kind": "mean_over_time"}]
    _, frames = looked_at({**REVIEWS, "networks": {"main": {"layers": layers}}})
    frame = frames["input_rows"]
    assert values(frame.arrays["sums"]).shape[1] == 64
    filled = np.count_nonzero(values(frame.arrays["tokens"]), axis=1)
    assert frame.about["counts"] == filled.tolist()


def test_without_positions_nothing_is_added() -> None:
    _, frames = looked_at(stories(LSTM))
    assert "input_rows" not in frames
