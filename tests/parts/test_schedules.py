"""The factor of every schedule; the authority is PyTorch's own scheduler."""

import pytest
import torch
from torch import nn

from app.parts.problem import Problem
from app.parts.schedules import SCHEDULES, Schedule
from app.parts.schedules.constant import Constant
from app.parts.schedules.cosine import Cosine
from app.parts.schedules.cosine_restarts import CosineRestarts
from app.parts.schedules.cyclic import Cyclic
from app.parts.schedules.exponential import Exponential
from app.parts.schedules.multi_step import MultiStep
from app.parts.schedules.one_cycle import OneCycle
from app.parts.schedules.plateau import Plateau
from app.parts.schedules.preview import preview
from app.parts.schedules.step import Step
from app.training.building import build
from tests.parts.outcomes import EPOCHS, history

every_kind = pytest.mark.parametrize("kind", SCHEDULES, ids=lambda kind: kind.kind_name())
EXAMPLES = [
    Constant(),
    Step(every=7, gamma=0.3),
    MultiStep(milestones=[3, 4, 30], gamma=0.5),
    Exponential(gamma=0.9),
    Cosine(),
    Cosine(end=0.2),
    CosineRestarts(),
    CosineRestarts(period=7, growth=1, end=0.1),
    CosineRestarts(period=2, growth=2),
    CosineRestarts(period=1, growth=3, end=0.5),
    Cyclic(),
    Cyclic(climb=3, fall=5, low=0.25),
    Cyclic(climb=6, fall=1, low=0, halving=True),
    OneCycle(),
    OneCycle(peak=0.55, start_divisor=10, end_divisor=100),
]


def stepped(schedule: Schedule, epochs: int, losses: list[float] | None = None) -> list[float]:
    """The rates of PyTorch's scheduler for a base rate of 1, before each epoch and after the last."""
    weight = nn.Parameter(torch.ones(1))
    weight.grad = torch.ones(1)
    optimizer = torch.optim.SGD([weight], lr=1.0)
    call = schedule.torch_equivalent(epochs)
    assert call is not None
    scheduler = build(call, optimizer)
    rates = [optimizer.param_groups[0]["lr"]]
    for epoch in range(epochs):
        optimizer.step()
        scheduler.step(*([] if losses is None else [losses[epoch]]))
        rates.append(optimizer.param_groups[0]["lr"])
    return rates


@pytest.mark.parametrize("schedule", EXAMPLES, ids=repr)
def test_the_factor_is_that_of_pytorch_s_scheduler_stepped_once_an_epoch(schedule):
    if schedule.torch_equivalent(EPOCHS) is None:
        assert schedule.steady
        return
    ours = [schedule.factor(epoch, EPOCHS) for epoch in range(EPOCHS + 1)]
    assert ours == pytest.approx(stepped(schedule, EPOCHS), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(
    "plateau",
    [
        Plateau(),
        Plateau(patience=0),
        Plateau(patience=2, gamma=0.3, rest=4, gain=0.1),
        Plateau(patience=3, smallest=0.2, gain=0),
    ],
    ids=repr,
)
def test_the_plateau_is_that_of_pytorch_on_any_history(plateau, seed):
    losses = [*history(seed), float("nan"), float("inf"), 0.001]
    rates = stepped(plateau, len(losses), losses)
    assert min(rates) < 1
    ours = [plateau.factor_from_losses(losses[:epoch]) for epoch in range(len(losses) + 1)]
    assert ours == pytest.approx(rates, rel=1e-9)


@every_kind
def test_only_a_schedule_that_says_so_depends_on_losses(kind):
    assert (kind().factor_from_losses([1.0] * 100) != 1) == kind.watches
    assert kind().factor_from_losses([]) == 1


@every_kind
def test_the_factor_stays_between_0_and_1_at_every_fraction_of_an_epoch(kind):
    for schedule in (kind(), kind(warmup=2.5), kind(warmup=100)):
        factors = [schedule.factor(epoch / 8, EPOCHS) for epoch in range(8 * EPOCHS + 20)]
        assert all(0 <= factor <= 1 for factor in factors)


@every_kind
def test_the_warm_up_climbs_in_a_straight_line_and_the_rest_comes_after_it(kind):
    plain, warm = kind(), kind(warmup=4)
    whole = warm.factor(4, EPOCHS)
    assert [warm.factor(epoch, EPOCHS) for epoch in (0, 1, 2, 3.5)] == pytest.approx(
        [whole * share for share in (0, 0.25, 0.5, 0.875)]
    )
    assert [warm.factor(4 + epoch, EPOCHS + 4) for epoch in range(EPOCHS)] == pytest.approx(
        [plain.factor(epoch, EPOCHS) for epoch in range(EPOCHS)]
    )


@every_kind
def test_a_preview_is_the_factor_from_the_first_to_the_last_epoch(kind):
    drawn = preview(kind(warmup=2), 50, points=101)
    assert drawn["epoch"] == [number / 2 for number in range(101)]
    assert drawn["factor"] == [kind(warmup=2).factor(epoch, 50) for epoch in drawn["epoch"]]


@pytest.mark.parametrize("milestones", [[20, 10], [10, 10, 20]])
def test_milestones_out_of_order_are_a_problem_and_the_fix_mends_it(milestones):
    schedule = MultiStep(milestones=milestones)
    with pytest.raises(Problem) as raised:
        schedule.check()
    (fix,) = raised.value.fixes
    mended = MultiStep(milestones=fix.edits[0].value)
    mended.check()
    assert mended.milestones == [10, 20]


def test_a_cosine_with_restarts_is_lowest_right_before_each_and_whole_right_after_it():
    schedule = CosineRestarts(period=4, growth=2)
    assert [schedule.factor(epoch, 100) for epoch in (0, 4, 12, 28)] == [1, 1, 1, 1]
    assert all(schedule.factor(epoch - 0.01, 100) < 1e-4 for epoch in (4, 12, 28))
    assert schedule.factor(8, 100) == pytest.approx(0.5)  # in the middle of the second period


def test_a_million_short_cycles_are_no_slower_than_one():
    assert CosineRestarts(period=1, growth=1).factor(999_999.5, 1_000_000) == pytest.approx(0.5)
    assert Cyclic(climb=1, fall=1, low=0).factor(999_999, 1_000_000) == 1
