"""The reference stepper does what anyone would write in PyTorch, and goes on exactly from its state."""

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from app.experiment.check import checked
from app.parts.optimizers import OPTIMIZERS
from app.training.samples import order_of, samples_of
from app.training.steppers.eager import EagerStepper
from tests.training.documents import document, layers

STEPS = 40


def stepper(changed: dict[str, Any]) -> EagerStepper:
    experiment = checked(changed)
    return EagerStepper(experiment, samples_of(experiment))


def test_losses_are_those_of_a_plain_pytorch_loop() -> None:
    changed = document(optimizer={"kind": "sgd", "lr": 0.1, "momentum": 0.9})
    experiment = checked(changed)
    samples = samples_of(experiment)
    ours = EagerStepper(experiment, samples)
    network = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 8), nn.Tanh(), nn.Linear(8, 1))
    for theirs, own in zip(network.parameters(), ours.network.parameters(), strict=True):
        theirs.data.copy_(own.data)
    optimizer = torch.optim.SGD(network.parameters(), lr=0.1, momentum=0.9)
    losses: list[float] = []
    first, last = samples.bounds["train"]
    x, y = samples.inputs[first:last], samples.targets[first:last]
    for epoch in range(2):
        order = torch.from_numpy(order_of(experiment.seed, epoch, last - first))
        for rows in order.split(10):
            optimizer.zero_grad()
            loss = nn.functional.binary_cross_entropy_with_logits(network(x[rows]), y[rows])
            loss.backward()
            optimizer.step()
            losses.append(loss.item())

    np.testing.assert_allclose(ours.advance(len(losses)).losses, losses, rtol=1e-5)


@pytest.mark.parametrize("kind", [one.kind_name() for one in OPTIMIZERS])
def test_every_optimizer_goes_on_from_a_state_as_if_nothing_had_happened(kind: str) -> None:
    changed = document(
        optimizer={"kind": kind},
        networks={"main": {"layers": [*layers(8), {"kind": "dropout"}, *layers(6), {"kind": "layer_norm"}]}},
    )
    expected = stepper(changed).advance(2 * STEPS).losses
    broken = stepper(changed)  # made now: dropout draws from the one generator of the process
    broken.advance(STEPS)
    state = broken.state()
    other = stepper(changed)
    torch.manual_seed(99)
    other.restore(*state)

    np.testing.assert_array_equal(other.advance(STEPS).losses, expected[STEPS:])


def test_chunks_of_any_length_give_the_same_losses() -> None:
    whole, pieces = stepper(document()), stepper(document())
    expected = whole.advance(STEPS).losses
    given = np.concatenate([pieces.advance(count).losses for count in (1, 2, 17, STEPS - 20)])

    np.testing.assert_array_equal(given, expected)


def test_a_new_batch_size_divides_the_rest_of_the_epoch() -> None:
    ours = stepper(document())  # 120 training samples in batches of 10
    ours.advance(3)
    ours.batch_size = 40
    sizes = [ours.advance(1).samples for _ in range(3)]

    assert sizes == [40, 40, 10]
    assert ours.epoch == 1.0


def test_l1_and_l2_pull_at_weights_but_not_at_biases() -> None:
    sgd = {"kind": "sgd", "lr": 0.1}
    free, held = (
        stepper(document(optimizer=sgd, training={"regularization": rules})) for rules in ({}, {"l1": 0.01, "l2": 0.5})
    )
    start = {name: value.clone() for name, value in free.network.state_dict().items()}
    for one in (free, held):
        one.advance(1)
    for name, before in start.items():
        pull = 0.1 * (0.01 * before.sign() + 0.5 * before) if before.dim() > 1 else torch.zeros_like(before)
        difference = free.network.state_dict()[name] - held.network.state_dict()[name]
        torch.testing.assert_close(difference, pull, atol=1e-6, rtol=1e-4)


def test_clipping_bounds_the_length_of_the_gradient() -> None:
    limit = 0.001
    ours = stepper(document(optimizer={"kind": "sgd", "lr": 1.0}, training={"regularization": {"clip_norm": limit}}))
    before = [one.detach().clone() for one in ours.parameters]
    ours.advance(1)
    moved = torch.sqrt(sum(((a.detach() - b) ** 2).sum() for a, b in zip(ours.parameters, before, strict=True)))

    assert float(moved) == pytest.approx(limit, rel=1e-3)


def test_a_loss_that_is_no_number_stops_the_chunk_before_its_update_and_names_the_layer() -> None:
    ours = stepper(document())
    ours.advance(2)
    ours.network.layers[2].weight.data[0, 0] = float("nan")
    chunk = ours.advance(10)

    assert chunk.broke
    assert len(chunk.losses) == 1
    assert ours.step == 2
    assert ours.first_broken() == "/layers/2"
