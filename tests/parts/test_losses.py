"""What every loss makes of a batch; the authorities are PyTorch's functions and numbers worked by hand."""

from math import exp, log

import pytest
import torch
import torch.nn.functional as F

from app.parts.losses import LOSSES, Loss
from app.parts.losses.bce_with_logits import BceWithLogits
from app.parts.losses.cross_entropy import CrossEntropy
from app.parts.losses.dice import Dice
from app.parts.losses.focal import Focal
from app.parts.losses.hinge import Hinge
from app.parts.losses.huber import Huber
from app.parts.losses.l1 import L1
from app.parts.losses.least_squares import LeastSquares
from app.parts.losses.minimax import Minimax
from app.parts.losses.mse import Mse
from app.parts.losses.non_saturating import NonSaturating
from app.parts.losses.wasserstein import Wasserstein
from app.parts.problem import Problem
from app.parts.shapes import Classes, Features, Mask, Nothing
from app.parts.tasks import TASKS
from app.training.building import build
from tests.parts.outcomes import SAMPLES, batch, cost

every_kind = pytest.mark.parametrize("kind", LOSSES, ids=lambda kind: kind.kind_name())


@every_kind
def test_it_fits_targets_of_tasks_that_exist_and_refuses_the_others(kind):
    targets = (Classes(names=("a", "b")), Features(size=3), Mask(names=("a", "b"), height=4, width=5), Nothing())
    nothing = {Nothing for task in TASKS if task.learns == "nothing"}
    assert set(kind.needs) & ({target for task in TASKS for target in task.needs} | nothing)
    for target in targets:
        if isinstance(target, kind.needs):
            kind().check(target)
        else:
            with pytest.raises(Problem):
                kind().check(target)


def test_the_number_of_outputs_follows_from_the_target():
    two, five, numbers = Classes(names=("a", "b")), Classes(names=tuple("abcde")), Features(size=3)
    pixels = Mask(names=("ground", "disc"), height=4, width=5)
    assert [CrossEntropy().at_each(target) for target in (two, five, pixels)] == [2, 5, 2]
    assert [Focal().at_each(target) for target in (two, five, pixels)] == [2, 5, 2]
    assert Dice().at_each(pixels) == 2
    assert [BceWithLogits().at_each(target) for target in (two, five, pixels)] == [1, 5, 1]
    assert [Hinge().at_each(target) for target in (two, five)] == [1, 5]
    assert [loss().at_each(numbers) for loss in (Mse, L1, Huber)] == [3, 3, 3]


@every_kind
def test_it_is_the_mean_over_the_batch_with_a_finite_gradient(kind):
    outputs, targets = batch(kind)
    each = [cost(kind(), outputs[row : row + 1], targets[row : row + 1]) for row in range(SAMPLES)]
    whole = cost(kind(), outputs.requires_grad_(), targets)
    assert whole.shape == ()
    assert whole.item() == pytest.approx(torch.stack(each).mean().item(), rel=1e-5)
    whole.backward()
    assert outputs.grad is not None
    assert torch.isfinite(outputs.grad).all()
    assert outputs.grad.abs().max() > 0


@every_kind
def test_outputs_of_huge_size_cost_no_infinity(kind):
    _, targets = batch(kind)
    for size in (-1e4, 1e4):
        outputs = torch.full_like(batch(kind)[0], size)
        outputs[:, 0] = -size
        outputs.requires_grad_()
        whole = cost(kind(), outputs, targets)
        whole.backward()
        assert torch.isfinite(whole)
        assert outputs.grad is not None
        assert torch.isfinite(outputs.grad).all()


@pytest.mark.parametrize("kind", [kind for kind in LOSSES if kind is not Dice], ids=lambda kind: kind.kind_name())
def test_it_agrees_with_pytorch_s_function(kind):
    outputs, targets = batch(kind)
    functions = {
        "cross_entropy": F.cross_entropy,
        "focal": F.cross_entropy,
        "bce_with_logits": F.binary_cross_entropy_with_logits,
        "hinge": lambda z, y: F.margin_ranking_loss(z, torch.zeros_like(z), y, margin=1.0),
        "mse": F.mse_loss,
        "l1": F.l1_loss,
        "huber": F.huber_loss,
        "least_squares": F.mse_loss,
        "non_saturating": F.binary_cross_entropy_with_logits,
        "minimax": F.binary_cross_entropy_with_logits,
        "wasserstein": lambda z, y: (z.sum() - 2 * z[y == 1].sum()) / z.numel(),
    }
    plain = Focal(gamma=0) if kind is Focal else kind()
    assert cost(plain, outputs, targets).item() == pytest.approx(
        functions[kind.kind_name()](outputs, targets).item(), rel=1e-6
    )


@pytest.mark.parametrize(
    ("loss", "outputs", "target", "expected"),
    [
        (CrossEntropy(), [[0.0, 0.0]], 1, log(2)),
        (CrossEntropy(), [[2.0, 1.0, 0.0]], 0, log(1 + exp(-1) + exp(-2))),
        # a tenth of the target is spread evenly over both classes
        (CrossEntropy(label_smoothing=0.1), [[log(3.0), 0.0]], 0, -0.95 * log(0.75) - 0.05 * log(0.25)),
        # the right class has 3/4
        (Focal(gamma=0), [[log(3.0), 0.0]], 0, log(4 / 3)),
        (Focal(gamma=2), [[log(3.0), 0.0]], 0, log(4 / 3) / 16),
        (Focal(gamma=0.5), [[log(3.0), 0.0]], 1, log(4) * 0.75**0.5),
        (Focal(gamma=2, alpha=0.9), [[log(3.0), 0.0]], 0, 0.1 * log(4 / 3) / 16),
        (Focal(gamma=2, alpha=0.9), [[log(3.0), 0.0]], 1, 0.9 * log(4) * 9 / 16),
        (Focal(gamma=1, alpha=0.6), [[0.0, 0.0, log(2.0)]], 2, 0.6 * log(2) / 2),
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
        (LeastSquares(), [[0.5], [0.5]], [[1.0], [0.0]], 0.25),
        (NonSaturating(), [[0.0], [0.0]], [[1.0], [0.0]], log(2)),
        (Minimax(), [[log(3.0)], [log(3.0)]], [[1.0], [0.0]], (log(4 / 3) + log(4)) / 2),
        (Wasserstein(), [[3.0], [1.0]], [[1.0], [0.0]], -1.0),
    ],
    ids=lambda value: value.module().code() if isinstance(value, Loss) else None,
)
def test_numbers_worked_by_hand(loss, outputs, target, expected):
    targets = torch.tensor([target] if isinstance(target, int) else target)
    assert cost(loss, torch.tensor(outputs), targets).item() == pytest.approx(expected, rel=1e-6, abs=1e-9)


PIXELS = torch.tensor([[[0, 0], [0, 1]]])  # one picture, three pixels of ground and one of a disc
THREE_QUARTERS = torch.tensor([log(3.0), 0.0]).view(1, 2, 1, 1).expand(1, 2, 2, 2)  # everywhere 3/4 ground, 1/4 disc


def test_masks_are_costs_of_their_pixels():
    outputs, pixels = 2 * torch.randn(3, 4, 5, 6), torch.randint(4, (3, 5, 6))
    flat = outputs.movedim(1, 3).reshape(-1, 4), pixels.flatten()
    for loss in (CrossEntropy(), CrossEntropy(label_smoothing=0.1), Focal(), Focal(gamma=1, alpha=0.8)):
        assert cost(loss, outputs, pixels).item() == pytest.approx(cost(loss, *flat).item(), rel=1e-5)
    hot = F.one_hot(pixels, 4).movedim(3, 1).float()
    by_pixel = F.binary_cross_entropy_with_logits(flat[0], F.one_hot(flat[1], 4).float()).item()
    assert cost(BceWithLogits(), outputs, hot).item() == pytest.approx(by_pixel, rel=1e-5)


def test_focal_with_no_focus_is_cross_entropy_and_so_is_its_gradient():
    outputs, pixels = 2 * torch.randn(3, 4, 5, 6), torch.randint(4, (3, 5, 6))
    ours, theirs = outputs.clone().requires_grad_(), outputs.clone().requires_grad_()
    cost(Focal(gamma=0), ours, pixels).backward()
    F.cross_entropy(theirs, pixels).backward()
    torch.testing.assert_close(ours.grad, theirs.grad)


@pytest.mark.parametrize("gamma", [0.1, 0.5, 1.0, 2.0, 5.0])
def test_a_sure_and_right_answer_costs_nothing_and_pulls_at_nothing(gamma):
    outputs = torch.tensor([[200.0, 0.0]], requires_grad=True)
    whole = cost(Focal(gamma=gamma), outputs, torch.tensor([0]))
    whole.backward()
    assert whole.item() == 0
    assert outputs.grad is not None
    assert outputs.grad.abs().max() < 1e-6


def test_dice_is_the_formula_of_its_paper():
    # ground: overlap 3 · 3/4, areas 4 · 9/16 and 3; disc: overlap 1/4, areas 4 · 1/16 and 1
    ground, disc = (2 * 9 / 4 + 1) / (9 / 4 + 3 + 1), (2 / 4 + 1) / (1 / 4 + 1 + 1)
    assert cost(Dice(), THREE_QUARTERS, PIXELS).item() == pytest.approx(1 - (ground + disc) / 2, rel=1e-6)
    nearly = (2 * 9 / 4) / (9 / 4 + 3), (2 / 4) / (1 / 4 + 1)
    assert cost(Dice(smooth=1e-6), THREE_QUARTERS, PIXELS).item() == pytest.approx(1 - sum(nearly) / 2, rel=1e-4)


def test_a_perfect_mask_costs_nothing_also_of_a_class_that_is_not_there():
    sure = 100 * F.one_hot(PIXELS, 3).movedim(3, 1).float()
    assert cost(Dice(), sure, PIXELS).item() == pytest.approx(0, abs=1e-6)
    assert cost(Dice(), -sure, PIXELS).item() > 0.5


def test_dice_hears_a_small_disc_that_cross_entropy_overlooks():
    pixels = torch.zeros(1, 32, 32, dtype=torch.long)
    pixels[0, 3:5, 3:5] = 1
    all_ground = torch.stack([torch.full((1, 32, 32), 6.0), torch.zeros(1, 32, 32)], dim=1)
    assert cost(CrossEntropy(), all_ground, pixels).item() < 0.03
    assert cost(Dice(), all_ground, pixels).item() > 0.3


@pytest.mark.parametrize(
    ("loss", "score", "expected"),
    [
        (LeastSquares(), 0.5, 0.25),
        (NonSaturating(), 0.0, log(2)),
        (NonSaturating(), log(3.0), log(4 / 3)),
        (Minimax(), 0.0, -log(2)),
        (Minimax(), log(3.0), -log(4)),
        (Wasserstein(), 3.0, -3.0),
    ],
    ids=lambda value: value.kind if isinstance(value, Loss) else None,
)
def test_what_a_generator_pays_for_the_scores_of_its_own_samples(loss, score, expected):
    scores = torch.tensor([[score], [score]])
    assert build(loss.module()).wanted(scores).item() == pytest.approx(expected, rel=1e-6)


def test_dice_for_classes_is_refused_in_words_of_its_own():
    with pytest.raises(Problem) as raised:
        Dice().check(Classes(names=("a", "b")))
    assert "mask" in str(raised.value)
