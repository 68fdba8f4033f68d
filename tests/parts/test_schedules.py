"""What every schedule owes, asked of each in the list; the authority is PyTorch's own scheduler."""

import random
import warnings

import pytest
import torch
from torch import nn

from app.parts import schedules
from app.parts.problem import Problem
from app.parts.schedules import SCHEDULES, Schedule
from app.parts.schedules.constant import Constant
from app.parts.schedules.cosine import Cosine
from app.parts.schedules.exponential import Exponential
from app.parts.schedules.multi_step import MultiStep
from app.parts.schedules.one_cycle import OneCycle
from app.parts.schedules.plateau import Plateau
from app.parts.schedules.preview import preview
from app.parts.schedules.step import Step
from app.training.building import build
from tests.parts.families.listing import assert_named_after_its_file, defined
from tests.parts.families.printed import run_printed
from tests.parts.families.variants import variants
from tests.parts.families.wording import assert_said_in_chinese, assert_worded, sentences

every_kind = pytest.mark.parametrize("kind", SCHEDULES, ids=lambda kind: kind.kind_name())
EPOCHS = 40
EXAMPLES = [
    Constant(),
    Step(every=7, gamma=0.3),
    MultiStep(milestones=[3, 4, 30], gamma=0.5),
    Exponential(gamma=0.9),
    Cosine(),
    Cosine(end=0.2),
    OneCycle(),
    OneCycle(peak=0.55, start_divisor=10, end_divisor=100),
]


def losses(seed: int) -> list[float]:
    """A loss that falls, jumps and rests."""
    numbers = random.Random(seed)
    return [numbers.choice([1.0, 2.0]) * 0.97 ** min(epoch, 90) + numbers.choice([0, 0.5]) for epoch in range(120)]


def stepped(schedule: Schedule, epochs: int, history: list[float] | None = None) -> list[float]:
    """The rates of PyTorch's scheduler for a base rate of 1, before each epoch and after the last."""
    weight = nn.Parameter(torch.ones(1))
    weight.grad = torch.ones(1)
    optimizer = torch.optim.SGD([weight], lr=1.0)
    scheduler = build(schedule.torch_equivalent(epochs), optimizer)
    rates = [optimizer.param_groups[0]["lr"]]
    for epoch in range(epochs):
        optimizer.step()
        scheduler.step(*([] if history is None else [history[epoch]]))
        rates.append(optimizer.param_groups[0]["lr"])
    return rates


def curve(schedule: Schedule) -> list[float]:
    """The factors of a whole training of `EPOCHS`, losses considered."""
    watched = [schedule.factor_from_losses(losses(1)[:epoch]) for epoch in range(EPOCHS)]
    return [schedule.factor(epoch, EPOCHS) * factor for epoch, factor in enumerate(watched)]


def test_every_schedule_in_the_folder_is_in_the_list():
    assert defined(schedules) == set(SCHEDULES)


@every_kind
def test_a_kind_is_the_name_of_its_file_and_class(kind):
    assert_named_after_its_file(kind)


@every_kind
def test_everything_is_worded(kind):
    assert_worded(kind)
    assert kind.formula


def test_all_of_it_is_said_in_chinese():
    assert_said_in_chinese("schedules", set[str]().union(*(sentences(kind) for kind in SCHEDULES)))


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
    history = [*losses(seed), float("nan"), float("inf"), 0.001]
    rates = stepped(plateau, len(history), history)
    assert min(rates) < 1
    ours = [plateau.factor_from_losses(history[:epoch]) for epoch in range(len(history) + 1)]
    assert ours == pytest.approx(rates, rel=1e-9)


@every_kind
def test_only_a_schedule_that_says_so_depends_on_losses(kind):
    assert (kind().factor_from_losses([1.0] * 100) != 1) == kind.watches
    assert kind().factor_from_losses([]) == 1


@every_kind
def test_every_setting_has_an_effect(kind):
    starts = {"multi_step": {"milestones": [10, 20]}, "step": {"every": 10}, "plateau": {"patience": 2}}
    schedule = kind(**starts.get(kind.kind_name(), {}))
    for name, other in variants(schedule):
        assert curve(other) != curve(schedule), name


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


@every_kind
def test_the_printed_code_is_the_scheduler_that_agrees_with_it(kind, tmp_path):
    call = kind().torch_equivalent(EPOCHS)
    if call is None:
        return
    optimizer = torch.optim.SGD([nn.Parameter(torch.ones(1))], lr=1.0)
    printed = run_printed(call, tmp_path, optimizer=optimizer)
    plain = {name: value for name, value in printed.state_dict().items() if not callable(value)}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        built = build(call, optimizer)
    assert plain == {name: value for name, value in built.state_dict().items() if not callable(value)}


@pytest.mark.parametrize("milestones", [[20, 10], [10, 10, 20]])
def test_milestones_out_of_order_are_a_problem_and_the_fix_mends_it(milestones):
    schedule = MultiStep(milestones=milestones)
    with pytest.raises(Problem) as raised:
        schedule.check()
    (fix,) = raised.value.fixes
    mended = MultiStep(milestones=fix.edits[0].value)
    mended.check()
    assert mended.milestones == [10, 20]
