"""What every loss makes of a batch; the authorities are PyTorch's functions and numbers worked by hand."""

from math import exp, log

import pytest
import torch
import torch.nn.functional as F

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
from tests.parts.outcomes import OUTPUTS, SAMPLES, batch, cost

every_kind = pytest.mark.parametrize("kind", LOSSES, ids=lambda kind: kind.kind_name())


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
