"""Every stepper keeps what `Stepper` promises, and does bit for bit what the dull one does."""

from typing import Any

import numpy as np
import pytest
import torch

from app.experiment.check import checked
from app.parts.optimizers import OPTIMIZERS
from app.training.running.breaking import first_broken
from app.training.steppers.eager import EagerStepper
from tests.training.documents import document, layers
from tests.training.steppers import DullStepper, Training, begin

STEPS = 40
STEPPERS = (EagerStepper, DullStepper)
PICTURES = document(
    dataset={"kind": "digits", "samples": 100},
    networks={
        "main": {
            "layers": [
                {"kind": "conv2d", "filters": 3, "padding": 1},
                {"kind": "batch_norm2d"},
                {"kind": "prelu"},
                {"kind": "max_pool2d"},
                {"kind": "conv2d", "filters": 5, "stride": 2},
                {"kind": "flatten"},
                {"kind": "dropout", "p": 0.1},
            ]
        }
    },
    loss={"kind": "cross_entropy"},
    schedule={"kind": "cosine", "warmup": 2},
)
HELD = {"l1": 0.001, "l2": 0.01, "clip_norm": 0.5, "max_norm": 2.0}


def assert_same(first: Training, second: Training) -> None:
    """The same state, tensor by tensor and bit by bit."""
    ours, theirs = first.stepper.state(), second.stepper.state()
    assert ours.tensors.keys() == theirs.tensors.keys()
    assert [name for name, tensor in ours.tensors.items() if not torch.equal(tensor, theirs.tensors[name])] == []
    assert ours.values == theirs.values


def alike(changed: dict[str, Any], count: int = STEPS) -> tuple[Training, Training]:
    """Both steppers after so many steps, which gave the same losses and factors."""
    told: list[tuple[Training, Any]] = []
    for kind in STEPPERS:  # one after the other: dropout draws from the one generator of the process
        training = begin(changed, kind)
        chunk = training.stepper.advance(count)
        told.append((training, (chunk, training.stepper.state())))
    (ours, (first, kept)), (theirs, (second, expected)) = told
    np.testing.assert_array_equal(first.losses["loss"], second.losses["loss"])
    np.testing.assert_array_equal(first.factors, second.factors)
    np.testing.assert_array_equal(first.epochs, second.epochs)
    assert (first.samples, first.broke) == (second.samples, second.broke)
    assert kept.tensors.keys() == expected.tensors.keys()
    assert [name for name, tensor in kept.tensors.items() if not torch.equal(tensor, expected.tensors[name])] == []
    assert kept.values == expected.values
    return ours, theirs


@pytest.mark.parametrize("kind", [optimizer.kind_name() for optimizer in OPTIMIZERS])
def test_every_optimizer_moves_the_network_as_plain_pytorch_does(kind: str) -> None:
    alike({**PICTURES, "optimizer": {"kind": kind}}, 12)


@pytest.mark.parametrize("kind", ["adam", "sgd", "lbfgs"])
def test_what_keeps_weights_small_is_the_same(kind: str) -> None:
    alike(document(optimizer={"kind": kind}, training={"batch_size": 40, "regularization": HELD}))


@pytest.mark.parametrize("kind", [optimizer.kind_name() for optimizer in OPTIMIZERS])
def test_each_goes_on_from_what_the_other_kept(kind: str) -> None:
    changed = document(optimizer={"kind": kind}, networks={"main": {"layers": [*layers(8), {"kind": "layer_norm"}]}})
    expected = begin(changed)
    expected.losses(2 * STEPS)
    for first, second in (STEPPERS, STEPPERS[::-1]):
        before, after = begin(changed, first), begin(changed, second)
        before.losses(STEPS)
        after.stepper.restore(before.stepper.state())
        after.feed.order.restore(before.feed.order.state())
        after.losses(STEPS)
        assert_same(after, expected)


@pytest.mark.parametrize("kind", STEPPERS)
def test_live_settings_are_taken_over(kind: Any) -> None:
    training = begin(document(optimizer={"kind": "sgd", "lr": 0.1}), kind)
    training.losses(1)
    before = [parameter.detach().clone() for parameter in training.network.parameters()]
    training.stepper.change(checked(document(optimizer={"kind": "sgd", "lr": 1e-30})))
    training.losses(1)
    assert all(map(torch.equal, before, training.network.parameters()))


@pytest.mark.parametrize("kind", STEPPERS)
def test_a_loss_that_is_no_number_stops_the_chunk_before_its_update_and_names_the_layer(kind: Any) -> None:
    training = begin(document(), kind)
    training.losses(2)
    training.network.layers[2].weight.data[0, 0] = float("nan")
    before = [parameter.detach().clone() for parameter in training.network.parameters()]
    chunk = training.stepper.advance(10)

    assert chunk.broke
    assert chunk.count == len(chunk.losses["loss"]) == 1
    assert training.stepper.step == 2
    for parameter, kept in zip(training.network.parameters(), before, strict=True):
        assert torch.equal(torch.nan_to_num(parameter), torch.nan_to_num(kept))
    batch = training.feed.batch(training.stepper.step)
    assert first_broken(training.stepper.networks, training.work, batch) == "/networks/main/layers/2"
