"""Advice on optimizers that need all samples at once, and on losses behind a softmax."""

from typing import Any

import pytest

from app.experiment.check import check
from app.experiment.patch import patched
from app.parts.optimizers import OPTIMIZERS
from app.training.samples import samples_of
from app.training.steppers.eager import EagerStepper
from tests.training.documents import document


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


def test_all_samples_at_once_is_better_advice_than_small_batches() -> None:
    ends: dict[str, list[float]] = {}
    for kind in ("lbfgs", "rprop"):
        for batch in (10, 120):
            changed = document(optimizer={"kind": kind}, training={"batch_size": batch, "epochs": 400})
            experiment = check(changed).experiment
            assert experiment
            losses = EagerStepper(experiment, samples_of(experiment)).advance(120).losses
            ends.setdefault(kind, []).append(float(losses[-12:].mean()))
    assert all(small > 1.5 * whole for small, whole in ends.values()), ends


@pytest.mark.parametrize("loss", ["cross_entropy", "focal"])
def test_a_softmax_before_a_loss_that_has_its_own_comes_twice(loss: str) -> None:
    ending = [{"kind": "linear", "units": 2}, {"kind": "softmax"}]
    doubled = document(loss={"kind": loss}, networks={"main": {"layers": ending, "head": False}})
    plain = document(loss={"kind": loss}, networks={"main": {"layers": ending[:1], "head": False}})
    assert places(doubled) == ["/networks/main/layers/1"]
    assert places(plain) == []
