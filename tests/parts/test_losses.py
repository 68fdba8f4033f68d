"""What every loss owes, asked of each in the list, and the numbers of textbooks."""

from math import exp, log

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from app.parts import losses
from app.parts.losses import LOSSES, Loss
from app.parts.losses.bce_with_logits import BceWithLogits
from app.parts.losses.cross_entropy import CrossEntropy
from app.parts.losses.hinge import Hinge
from app.parts.losses.huber import Huber
from app.parts.losses.l1 import L1
from app.parts.losses.mse import Mse
from app.parts.problem import Problem
from app.parts.shapes import Classes, Features
from app.parts.tasks import TASKS
from app.training.building import build
from tests.parts.families.listing import assert_named_after_its_file, defined
from tests.parts.families.printed import run_printed
from tests.parts.families.variants import variants
from tests.parts.families.wording import assert_said_in_chinese, assert_worded, sentences

every_kind = pytest.mark.parametrize("kind", LOSSES, ids=lambda kind: kind.kind_name())
SAMPLES, OUTPUTS = 12, 3


def cost(loss: Loss, outputs: Tensor, targets: Tensor) -> Tensor:
    return build(loss.module())(outputs, targets)


def batch(loss: type[Loss]) -> tuple[Tensor, Tensor]:
    """Outputs and targets as the loss's encoding wants them."""
    random = torch.Generator().manual_seed(1)
    outputs = 3 * torch.randn(SAMPLES, OUTPUTS, generator=random)
    classes = torch.randint(OUTPUTS, (SAMPLES,), generator=random)
    zero_one = F.one_hot(classes, OUTPUTS).float()
    numbers = torch.randn(SAMPLES, OUTPUTS, generator=random)
    targets = {"class_number": classes, "zero_one": zero_one, "signs": 2 * zero_one - 1, "numbers": numbers}
    return outputs, targets[loss.encoding]


def test_every_loss_in_the_folder_is_in_the_list():
    assert defined(losses) == set(LOSSES)


@every_kind
def test_a_kind_is_the_name_of_its_file_and_class(kind):
    assert_named_after_its_file(kind)


@every_kind
def test_everything_is_worded(kind):
    assert_worded(kind)
    assert kind.formula


def test_all_of_it_is_said_in_chinese():
    assert_said_in_chinese("losses", set[str]().union(*(sentences(kind) for kind in LOSSES)))


@every_kind
def test_it_fits_tasks_that_exist_and_refuses_the_others(kind):
    assert set(kind.tasks) <= {task.kind_name() for task in TASKS}
    for task in TASKS:
        if task.kind_name() in kind.tasks:
            kind().check(task.kind_name())
        else:
            with pytest.raises(Problem):
                kind().check(task.kind_name())


def test_the_number_of_outputs_follows_from_the_target():
    two, five, numbers = Classes(names=("a", "b")), Classes(names=tuple("abcde")), Features(size=3)
    assert [CrossEntropy().outputs(target) for target in (two, five)] == [2, 5]
    assert [BceWithLogits().outputs(target) for target in (two, five)] == [1, 5]
    assert [Hinge().outputs(target) for target in (two, five)] == [1, 5]
    assert [loss().outputs(numbers) for loss in (Mse, L1, Huber)] == [3, 3, 3]


@every_kind
def test_the_printed_code_is_the_module_that_is_built(kind, tmp_path):
    for loss in (kind(), *(other for _, other in variants(kind()))):
        printed = run_printed(loss.module(), tmp_path)
        built = build(loss.module())
        assert repr(printed) == repr(built)
        assert torch.equal(printed(*batch(kind)), built(*batch(kind)))


@every_kind
def test_every_setting_has_an_effect(kind):
    outputs, targets = batch(kind)
    before = cost(kind(), outputs, targets)
    for name, other in variants(kind()):
        assert cost(other, outputs, targets) != before, name


@every_kind
def test_it_is_the_mean_over_the_batch_with_a_finite_gradient(kind):
    outputs, targets = batch(kind)
    each = [cost(kind(), outputs[row : row + 1], targets[row : row + 1]) for row in range(SAMPLES)]
    whole = cost(kind(), outputs.requires_grad_(), targets)
    assert whole.shape == ()
    assert whole.item() == pytest.approx(sum(each).item() / SAMPLES, rel=1e-5)
    whole.backward()
    assert torch.isfinite(outputs.grad).all()
    assert outputs.grad.abs().max() > 0


@every_kind
def test_outputs_of_huge_size_cost_no_infinity(kind):
    _, targets = batch(kind)
    outputs = torch.full((SAMPLES, OUTPUTS), -1e4, requires_grad=True)
    whole = cost(kind(), outputs, targets)
    whole.backward()
    assert torch.isfinite(whole)
    assert torch.isfinite(outputs.grad).all()


@every_kind
def test_it_agrees_with_pytorch_s_function(kind):
    outputs, targets = batch(kind)
    functions = {
        "cross_entropy": F.cross_entropy,
        "bce_with_logits": F.binary_cross_entropy_with_logits,
        "hinge": lambda z, y: F.margin_ranking_loss(z, torch.zeros_like(z), y, margin=1.0),
        "mse": F.mse_loss,
        "l1": F.l1_loss,
        "huber": F.huber_loss,
    }
    assert cost(kind(), outputs, targets).item() == pytest.approx(
        functions[kind.kind_name()](outputs, targets).item(), rel=1e-6
    )


@pytest.mark.parametrize(
    ("loss", "outputs", "target", "expected"),
    [
        (CrossEntropy(), [[0.0, 0.0]], 1, log(2)),
        (CrossEntropy(), [[2.0, 1.0, 0.0]], 0, log(1 + exp(-1) + exp(-2))),
        # a tenth of the target is spread evenly over both classes
        (CrossEntropy(label_smoothing=0.1), [[log(3.0), 0.0]], 0, -0.95 * log(0.75) - 0.05 * log(0.25)),
        (BceWithLogits(), [[log(3.0)]], [[1.0]], log(4 / 3)),
        (BceWithLogits(), [[log(3.0), 0.0]], [[0.0, 1.0]], (log(4) + log(2)) / 2),
        (Hinge(), [[0.25]], [[1.0]], 0.75),
        (Hinge(), [[0.25]], [[-1.0]], 1.25),
        (Hinge(), [[3.0, -3.0]], [[1.0, -1.0]], 0.0),
        (Hinge(margin=4.0), [[3.0, -2.0]], [[1.0, -1.0]], 1.5),
        (Mse(), [[1.0], [4.0]], [[0.0], [1.0]], 5.0),
        (L1(), [[1.0], [4.0]], [[0.0], [1.0]], 2.0),
        (Huber(), [[0.5]], [[0.0]], 0.125),
        (Huber(), [[3.0]], [[0.0]], 2.5),
        (Huber(delta=2.0), [[3.0]], [[0.0]], 4.0),
    ],
    ids=lambda value: value.module().code() if isinstance(value, Loss) else None,
)
def test_numbers_worked_by_hand(loss, outputs, target, expected):
    targets = torch.tensor([target] if isinstance(target, int) else target)
    assert cost(loss, torch.tensor(outputs), targets).item() == pytest.approx(expected, rel=1e-6, abs=1e-9)
