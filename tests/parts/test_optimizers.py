"""What every optimizer does to a small network, and steps worked by hand."""

from math import sqrt
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from app.parts.optimizers import OPTIMIZERS, Optimizer
from app.parts.optimizers.adagrad import Adagrad
from app.parts.optimizers.adam import Adam
from app.parts.optimizers.adamw import AdamW
from app.parts.optimizers.nadam import NAdam
from app.parts.optimizers.rmsprop import RMSprop
from app.parts.optimizers.sgd import Sgd
from app.parts.problem import Problem
from app.training.building import build
from tests.parts.outcomes import INPUTS, TARGETS, trained
from tests.parts.variants import variants

every_kind = pytest.mark.parametrize("kind", OPTIMIZERS, ids=lambda kind: kind.kind_name())


@every_kind
def test_every_setting_may_be_changed_while_it_trains(kind):
    schema = kind.model_json_schema()["properties"]
    for name, other in variants(kind()):
        assert schema[name]["live"] is True
        options = other.call().options | ({"momentum": 0.9} if name == "nesterov" else {})

        def change(step: int, built: Any, options: dict[str, Any] = options) -> None:
            if step == 3:
                built.param_groups[0].update(options)

        after = trained(kind(), 8, change)
        assert torch.isfinite(after).all()
        assert not torch.equal(after, trained(kind(), 8)), name


@every_kind
def test_it_makes_the_loss_smaller(kind):
    def loss(weights: Tensor) -> float:
        network = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1))
        nn.utils.vector_to_parameters(weights, network.parameters())
        return nn.functional.binary_cross_entropy_with_logits(network(INPUTS), TARGETS).item()

    assert loss(trained(kind(), 200)) < loss(trained(kind(), 0)) - 0.01


@pytest.mark.parametrize("nesterov", [True, False])
@pytest.mark.parametrize("momentum", [0.0, 0.5])
def test_nesterov_without_momentum_is_a_problem_and_each_fix_mends_it(nesterov, momentum):
    optimizer = Sgd(nesterov=nesterov, momentum=momentum)
    if not nesterov or momentum:
        optimizer.check()
        build(optimizer.call(), [nn.Parameter(torch.ones(1))])
        return
    with pytest.raises(Problem) as raised:
        optimizer.check()
    assert len(raised.value.fixes) == 2
    for fix in raised.value.fixes:
        optimizer.model_copy(update={edit.path[1:]: edit.value for edit in fix.edits}).check()


@pytest.mark.parametrize(
    ("optimizer", "expected"),
    # One weight that starts at 1. Its gradient is 2 in the first step and 4 in the second.
    [
        (Sgd(lr=0.1), [0.8, 0.4]),
        (Sgd(lr=0.1, momentum=0.5), [0.8, 0.8 - 0.1 * (0.5 * 2 + 4)]),
        (Sgd(lr=0.1, momentum=0.5, nesterov=True), [1 - 0.1 * (2 + 0.5 * 2), 0.7 - 0.1 * (4 + 0.5 * 5)]),
        (Sgd(lr=0.1, weight_decay=0.5), [1 - 0.1 * 2.5, 0.75 - 0.1 * (4 + 0.5 * 0.75)]),
        # both means start at 0 and are corrected for it: the first step is lr long, whatever the gradient
        (Adam(lr=0.1, beta1=0.5, beta2=0.5), [0.9, 0.9 - 0.1 * (2.5 / 0.75) / sqrt(9 / 0.75)]),
        (
            AdamW(lr=0.1, beta1=0.5, beta2=0.5, weight_decay=0.5),
            [0.95 - 0.1, 0.85 * 0.95 - 0.1 * (2.5 / 0.75) / sqrt(9 / 0.75)],
        ),
        (RMSprop(lr=0.1, alpha=0.75), [1 - 0.1 * 2 / 1, 0.8 - 0.1 * 4 / sqrt(0.75 * 1 + 0.25 * 16)]),
        (Adagrad(lr=0.1), [0.9, 0.9 - 0.1 * 4 / sqrt(4 + 16)]),
        (Adagrad(lr=0.1, lr_decay=1.0), [0.9, 0.9 - 0.05 * 4 / sqrt(20)]),
        # with momentum decay 0 the momentum is half of β₁ at every step: 0.25
        (
            NAdam(lr=0.1, beta1=0.5, beta2=0.5, momentum_decay=0.0),
            [
                1 - 0.1 * (0.75 / 0.75 * 2 + 0.25 / 0.9375 * 1) / 2,
                1 - 0.1 * (2 + 0.25 / 0.9375) / 2 - 0.1 * (0.75 / 0.9375 * 4 + 0.25 / (1 - 0.25**3) * 2.5) / sqrt(12),
            ],
        ),
    ],
    ids=lambda value: value.call().code() if isinstance(value, Optimizer) else None,
)
def test_steps_worked_by_hand(optimizer, expected):
    weight = nn.Parameter(torch.tensor([1.0]))
    built = build(optimizer.call(), [weight])
    for gradient, after in zip((2.0, 4.0), expected, strict=True):
        weight.grad = torch.tensor([gradient])
        built.step()
        assert weight.item() == pytest.approx(after, rel=1e-5)
