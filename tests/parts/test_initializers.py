"""What every initializer owes, over the whole list."""

import math

import pytest
import torch
from torch import nn

from app.parts.initializers import INITIALIZERS, Initializer
from app.parts.initializers.kaiming_normal import KaimingNormal
from app.parts.initializers.orthogonal import Orthogonal
from app.parts.initializers.xavier_uniform import XavierUniform
from app.training.building import build
from tests.parts.family import demand_all_listed, demand_told, demand_well_named
from tests.parts.sentences import chinese, sentences_of
from tests.parts.variants import variants_of

CASES = [pytest.param(one, id=repr(one)) for part in INITIALIZERS for one in variants_of(part)]


def started(initializer: Initializer) -> torch.Tensor:
    """Weights (40 neurons, 60 inputs) drawn by it."""
    torch.manual_seed(0)
    weight = nn.Linear(60, 40).weight
    call = initializer.call()
    if call is not None:
        torch.manual_seed(0)
        build(call, weight)
    return weight.detach()


@pytest.mark.parametrize("initializer", CASES)
def test_the_printed_code_draws_the_same_weights(initializer: Initializer) -> None:
    call = initializer.call()
    if call is None:
        assert initializer.kind == "default"
        return
    torch.manual_seed(0)
    printed = nn.Linear(60, 40).weight
    torch.manual_seed(0)
    eval(call.code().replace("(", "(weight, ", 1), {"nn": nn, "weight": printed})  # noqa: S307  our own code
    assert torch.equal(printed.detach(), started(initializer))


@pytest.mark.parametrize("part", INITIALIZERS, ids=lambda part: part.kind_name())
def test_every_setting_has_an_effect_on_the_weights(part: type[Initializer]) -> None:
    plain = started(part())
    for variant in variants_of(part)[1:]:
        assert not torch.equal(started(variant), plain), variant


def test_xavier_keeps_to_its_range() -> None:
    weights = started(XavierUniform(gain=2))
    limit = 2 * math.sqrt(6 / (60 + 40))
    assert 0.98 * limit < weights.abs().max().item() <= limit


def test_he_has_the_spread_of_the_paper() -> None:
    assert started(KaimingNormal()).std().item() == pytest.approx(math.sqrt(2 / 60), rel=0.05)


def test_orthogonal_rows_stand_at_right_angles() -> None:
    weights = started(Orthogonal())
    torch.testing.assert_close(weights @ weights.T, torch.eye(40), atol=1e-5, rtol=0)


def test_initializers_are_well_named_and_all_listed() -> None:
    demand_well_named(INITIALIZERS)
    demand_all_listed("initializers", INITIALIZERS, {"initializer"})
    demand_told(INITIALIZERS)
    assert all(part.formula for part in INITIALIZERS)


def test_kinds_are_pytorchs_own_names() -> None:
    for part in INITIALIZERS:
        call = part().call()
        assert call is None or call.target == f"nn.init.{part.kind_name()}_"


def test_every_initializer_reads_in_chinese() -> None:
    assert set(chinese("initializers")) == sentences_of(INITIALIZERS)
