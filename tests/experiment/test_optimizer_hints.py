"""Advice on optimizers that need all samples at once, and on losses behind a softmax."""

from typing import Any

import pytest

from app.experiment.check import check
from app.experiment.patch import patched
from app.parts.optimizers import OPTIMIZERS
from tests.training.documents import document
from tests.training.steppers import begin


def places(changed: dict[str, Any]) -> list[str]:
    report = check(changed)
    assert not report.problems
    return [hint.place for hint in report.hints]


@pytest.mark.parametrize("kind", OPTIMIZERS, ids=lambda kind: kind.kind_name())
def test_one_that_compares_steps_is_to_be_given_all_samples_and_the_button_does_it(kind: Any) -> None:
    changed = document(optimizer={"kind": kind.kind_name()}, training={"batch_size": 10})
    assert places(changed) == (["/training/batch_size"] if kind.whole_batch else [])
    if kind.whole_batch:
        (hint,) = check(changed).hints
        mended = patched(changed, hint.fixes[0].edits)
        assert mended["training"]["batch_size"] == 120
        assert places(mended) == []


@pytest.mark.parametrize(
    ("dataset", "loss", "units"),
    [("iris", "cross_entropy", 3), ("iris", "focal", 3), ("spiral", "bce_with_logits", 1), ("spiral", "hinge", 1)],
)
def test_relu_right_before_a_loss_of_scores_is_hinted_at_and_taken_out(dataset: str, loss: str, units: int) -> None:
    layers = [{"kind": "linear", "units": units}, {"kind": "relu"}]
    changed = document(
        dataset={"kind": dataset}, loss={"kind": loss}, networks={"main": {"layers": layers, "head": False}}
    )
    (hint,) = check(changed).hints
    assert hint.place == "/networks/main/layers/1"
    assert places(patched(changed, hint.fixes[0].edits)) == []


def test_relu_before_the_head_or_before_numbers_is_as_it_should_be() -> None:
    layers = [{"kind": "linear", "units": 1}, {"kind": "relu"}]
    headed = document(networks={"main": {"layers": layers}})
    numbers = document(
        dataset={"kind": "plane"},
        task={"kind": "regression"},
        loss={"kind": "mse"},
        networks={"main": {"layers": layers, "head": False}},
    )
    assert places(headed) == places(numbers) == []


def test_an_l2_is_weighed_against_the_optimizer_that_a_network_has_of_its_own() -> None:
    own = {"main": {"layers": [], "optimizer": {"kind": "sgd", "lr": 1.1}}}
    changed = document(optimizer={"kind": "adam"}, networks=own, training={"regularization": {"l2": 1.0}})
    assert "/training/regularization/l2" in places(changed)


@pytest.mark.parametrize(("kind", "lr", "hinted"), [("sgd", 1.1, True), ("sgd", 1.0, False), ("adam", 1.1, False)])
def test_an_l2_that_pulls_beyond_0_is_told_where_it_is_added_to_the_step(kind: str, lr: float, hinted: bool) -> None:
    changed = document(optimizer={"kind": kind, "lr": lr}, training={"regularization": {"l2": 1.0}})
    assert ("/training/regularization/l2" in places(changed)) == hinted


def test_all_samples_at_once_is_better_advice_than_small_batches() -> None:
    ends: dict[str, list[float]] = {}
    for kind in ("lbfgs", "rprop"):
        for batch in (10, 120):
            changed = document(optimizer={"kind": kind}, training={"batch_size": batch, "epochs": 400})
            losses = begin(changed).losses(120)
            ends.setdefault(kind, []).append(float(losses[-12:].mean()))
    assert all(small > 1.5 * whole for small, whole in ends.values()), ends


@pytest.mark.parametrize("loss", ["cross_entropy", "focal"])
def test_a_softmax_before_a_loss_that_has_its_own_comes_twice(loss: str) -> None:
    ending = [{"kind": "linear", "units": 2}, {"kind": "softmax"}]
    doubled = document(loss={"kind": loss}, networks={"main": {"layers": ending, "head": False}})
    plain = document(loss={"kind": loss}, networks={"main": {"layers": ending[:1], "head": False}})
    assert places(doubled) == ["/networks/main/layers/1"]
    assert places(plain) == []
