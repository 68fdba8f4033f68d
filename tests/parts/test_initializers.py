"""Weights as the papers of the initializers want them."""

import math

import pytest
import torch

from app.parts.initializers import INITIALIZERS, Initializer
from app.parts.initializers.kaiming_normal import KaimingNormal
from app.parts.initializers.orthogonal import Orthogonal
from app.parts.initializers.xavier_uniform import XavierUniform
from app.training.building import build
from tests.parts.outcomes import start_of


def weights_of(initializer: Initializer) -> torch.Tensor:
    return torch.tensor(start_of(initializer))


def test_xavier_keeps_to_its_range() -> None:
    weights = weights_of(XavierUniform(gain=2))
    limit = 2 * math.sqrt(6 / (60 + 40))
    assert 0.98 * limit < weights.abs().max().item() <= limit


def test_he_has_the_spread_of_the_paper() -> None:
    assert weights_of(KaimingNormal()).std().item() == pytest.approx(math.sqrt(2 / 60), rel=0.05)


def test_orthogonal_rows_stand_at_right_angles() -> None:
    weights = weights_of(Orthogonal())
    torch.testing.assert_close(weights @ weights.T, torch.eye(40), atol=1e-5, rtol=0)


def test_kinds_are_pytorchs_own_names() -> None:
    for part in INITIALIZERS:
        call = part().call()
        if call is None:
            assert part.kind_name() == "default"
        else:
            assert call.target == f"nn.init.{part.kind_name()}_"


@pytest.mark.parametrize("kind", INITIALIZERS, ids=lambda kind: kind.kind_name())
def test_filters_are_drawn_too_with_a_window_of_all_channels_as_their_inputs(kind: type[Initializer]) -> None:
    call = kind.model_validate({}).call()
    torch.default_generator.manual_seed(0)
    filters = torch.nn.Conv2d(8, 64, 5).weight
    if call is not None:
        build(call, filters)
    inputs, outputs = 8 * 25, 64 * 25
    spreads = {
        "default": 1 / math.sqrt(3 * inputs),
        "xavier_uniform": math.sqrt(2 / (inputs + outputs)),
        "xavier_normal": math.sqrt(2 / (inputs + outputs)),
        "kaiming_uniform": math.sqrt(2 / inputs),
        "kaiming_normal": math.sqrt(2 / inputs),
        "orthogonal": 1 / math.sqrt(inputs),  # 64 rows of length 1
        "zeros": 0,
        "constant": 0,
        "normal": 1,
    }
    assert filters.std().item() == pytest.approx(spreads[kind.kind_name()], rel=0.03, abs=1e-6)
