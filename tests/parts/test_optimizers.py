"""What every optimizer does to a small network, and steps worked by hand."""

from math import sqrt
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from app.parts.optimizers import OPTIMIZERS, Optimizer
from app.parts.optimizers.adadelta import Adadelta
from app.parts.optimizers.adafactor import Adafactor
from app.parts.optimizers.adagrad import Adagrad
from app.parts.optimizers.adam import Adam
from app.parts.optimizers.adamax import Adamax
from app.parts.optimizers.adamw import AdamW
from app.parts.optimizers.lbfgs import LBFGS
from app.parts.optimizers.muon import Muon
from app.parts.optimizers.nadam import NAdam
from app.parts.optimizers.radam import RAdam
from app.parts.optimizers.rmsprop import RMSprop
from app.parts.optimizers.rprop import Rprop
from app.parts.optimizers.sgd import Sgd
from app.parts.problem import Problem
from app.training.building import build
from app.training.steppers.optimizer_state import set_options
from tests.parts.families import example
from tests.parts.outcomes import INPUTS, TARGETS, trained
from tests.parts.variants import variants

every_kind = pytest.mark.parametrize("kind", OPTIMIZERS, ids=lambda kind: kind.kind_name())


@every_kind
def test_every_setting_may_be_changed_while_it_trains(kind):
    schema = kind.model_json_schema()["properties"]
    unchanged = trained(example(kind), 8)
    for name, other in variants(example(kind)):
        assert schema[name]["live"] is True
        changed = other.call().options

        def change(step: int, built: Any, options: dict[str, Any] = changed) -> None:
            if step == 3:
                set_options(built, options)

        after = trained(example(kind), 8, change)
        assert torch.isfinite(after).all()
        assert not torch.equal(after, unchanged), name


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
        # too early to tell the spread: steps of momentum, corrected for its start at 0
        (RAdam(lr=0.1, beta1=0.5), [0.8, 0.8 - 0.1 * 2.5 / 0.75]),
        (Adamax(lr=0.1, beta1=0.5, beta2=0.5), [0.9, 0.9 - 0.1 * (2.5 / 0.75) / 4]),
        (Adamax(lr=0.1, beta1=0.5, beta2=0.99), [0.9, 0.9 - 0.1 * (2.5 / 0.75) / 4]),
        # u: first 0, then half of the square of the first step
        (
            Adadelta(lr=0.1, rho=0.5, eps=1),
            [1 - 0.1 * 2 / sqrt(3), 1 - 0.1 * 2 / sqrt(3) - 0.1 * 4 * sqrt(1 + 0.5 * 4 / 3) / sqrt(10)],
        ),
        # a step is a share of the weight: of 1, then of 0.9
        (Adafactor(lr=0.1, beta2_decay=-1, d=2), [0.9, 0.9 - 0.09 * 4 / sqrt(10)]),
        (Adafactor(lr=0.1, beta2_decay=-1, d=1), [0.9, 0.81]),
        (Rprop(lr=0.1, eta_plus=1.5), [0.9, 0.75]),
        (Rprop(lr=0.1, largest=0.12), [0.9, 0.78]),
        (  # a single number is no matrix, so it goes by AdamW
            Muon(lr=0.1, beta1=0.5, beta2=0.5, weight_decay=0.5),
            [0.95 - 0.1, 0.85 * 0.95 - 0.1 * (2.5 / 0.75) / sqrt(9 / 0.75)],
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


def test_rprop_halves_the_step_where_the_sign_flips_and_rests_there_once():
    weight = nn.Parameter(torch.tensor([1.0]))
    built = build(Rprop(lr=0.1).call(), [weight])
    seen: list[float] = []
    for gradient in (2.0, -0.1, -0.1, -0.1):
        weight.grad = torch.tensor([gradient])
        built.step()
        seen.append(weight.item())
    assert seen == pytest.approx([0.9, 0.9, 0.95, 1.01])


def test_rprop_s_steps_follow_the_learning_rate_and_rest_where_it_is_0():
    weight = nn.Parameter(torch.tensor([1.0]))
    built = build(Rprop(lr=0.1, eta_plus=1.5).call(), [weight])
    seen: list[float] = []
    for rate in (0.0, 0.1, 0.1, 0.0, 0.01):
        set_options(built, {"lr": rate})
        weight.grad = torch.tensor([2.0])
        built.step()
        seen.append(weight.item())
    assert seen == pytest.approx([1, 0.9, 0.75, 0.75, 0.75 - 0.01 * 1.5**2])


def test_rprop_s_smallest_step_above_its_largest_is_a_problem_and_the_fix_mends_it():
    optimizer = Rprop(smallest=0.5, largest=0.1)
    with pytest.raises(Problem) as raised:
        optimizer.check()
    (fix,) = raised.value.fixes
    mended = optimizer.model_copy(update={edit.path[1:]: edit.value for edit in fix.edits})
    mended.check()
    assert (mended.smallest, mended.largest) == (0.1, 0.5)


def test_muon_is_pytorch_s_own_for_matrices_with_filters_as_rows():
    chance = torch.Generator().manual_seed(5)
    matrix, filters, bias = (torch.randn(*sizes, generator=chance) for sizes in ((4, 3), (5, 2, 3, 3), (5,)))
    ours = [nn.Parameter(tensor.clone()) for tensor in (matrix, filters, bias)]
    theirs = [nn.Parameter(tensor.clone()) for tensor in (matrix, filters.view(5, 18), bias)]
    muon = torch.optim.Muon(theirs[:2], lr=0.05, momentum=0.9, weight_decay=0.01, adjust_lr_fn="match_rms_adamw")
    adamw = torch.optim.AdamW(theirs[2:], lr=0.05, weight_decay=0.01)
    built = build(Muon(lr=0.05, momentum=0.9, weight_decay=0.01).call(), ours)
    for _ in range(3):
        for own, their in zip(ours, theirs, strict=True):
            own.grad = torch.randn(own.shape, generator=chance)
            their.grad = own.grad.view_as(their).clone()
        for optimizer in (built, muon, adamw):
            optimizer.step()
    for own, their in zip(ours, theirs, strict=True):
        torch.testing.assert_close(own.data.view_as(their), their.data)
        assert not torch.equal(own.data.view_as(their), matrix if own.dim() == 2 else filters.view(5, 18)[:, 0])


def test_muon_moves_equally_far_in_all_directions_of_a_matrix():
    chance = torch.Generator().manual_seed(5)
    weight = nn.Parameter(torch.zeros(6, 4))
    weight.grad = torch.randn(6, 4, generator=chance) * torch.tensor([1.0, 0.1, 0.1, 0.01])
    before = torch.linalg.svdvals(weight.grad)
    build(Muon(lr=1.0, ns_steps=10).call(), [weight]).step()
    after = torch.linalg.svdvals(weight.data) / (0.2 * sqrt(6))
    assert before.max() / before.min() > 50
    assert 0.6 < after.min() < after.max() < 1.3


def rosenbrock(place: Tensor) -> Tensor:
    """A bent valley, lowest at (1, 1)."""
    return (1 - place[0]) ** 2 + 100 * (place[1] - place[0] ** 2) ** 2


@pytest.mark.parametrize("optimizer", [LBFGS(), LBFGS(line_search=False, lr=0.1), LBFGS(max_iter=3, history_size=2)])
def test_lbfgs_is_pytorch_s_own_for_settings_that_stay(optimizer):
    options = optimizer.call().options
    places = [nn.Parameter(torch.tensor([-1.5, 2.0])) for _ in range(2)]
    for place, built in zip(
        places, (build(optimizer.call(), places[:1]), torch.optim.LBFGS(places[1:], **options)), strict=True
    ):

        def closure(place: nn.Parameter = place) -> Tensor:
            place.grad = None
            loss = rosenbrock(place)
            loss.backward()
            return loss

        for _ in range(8):
            built.step(closure)
    assert torch.equal(*[place.data for place in places])
    assert not torch.equal(places[0].data, torch.tensor([-1.5, 2.0]))


def test_lbfgs_keeps_to_a_history_that_is_made_shorter_and_longer_while_it_trains():
    place = nn.Parameter(torch.tensor([-1.5, 2.0]))
    built = build(LBFGS(max_iter=2, history_size=6).call(), [place])

    def closure() -> Tensor:
        place.grad = None
        loss = rosenbrock(place)
        loss.backward()
        return loss

    longest: list[int] = []
    for history in (6, 6, 6, 6, 2, 2, 12, 12, 12, 12):
        set_options(built, {"history_size": history})
        built.step(closure)
        longest.append(len(built.state[place]["old_dirs"]))
    for _ in range(30):
        built.step(closure)
    assert max(longest[:4]) == 6
    assert longest[4:6] == [2, 2]
    assert 2 < longest[-1] <= 12
    assert rosenbrock(place).item() < 1e-6


def test_another_optimizer_takes_a_learning_rate_over_where_it_means_the_same() -> None:
    for optimizer in OPTIMIZERS:
        assert ("lr" in optimizer.described()["carried"]) == (not optimizer.own_rate)
