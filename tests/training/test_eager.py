"""The reference stepper does what anyone would write in PyTorch, and goes on exactly from its state."""

import inspect
import json
import sys
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load, save
from torch import Tensor, nn

from app.experiment.check import checked
from app.parts.optimizers import OPTIMIZERS
from app.training.samples import order_of, samples_of
from app.training.steppers.bare import leave_the_compiler_alone
from app.training.steppers.eager import EagerStepper
from app.training.steppers.regularizing import shorten
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
    tensors, values = broken.state()
    written = save({name: tensor.contiguous() for name, tensor in tensors.items()}), json.dumps(values)
    other = stepper(changed)
    torch.default_generator.manual_seed(99)
    other.restore(load(written[0]), json.loads(written[1]))

    np.testing.assert_array_equal(other.advance(STEPS).losses, expected[STEPS:])


@pytest.mark.parametrize("kind", [one.kind_name() for one in OPTIMIZERS if one.apart])
def test_all_numbers_in_a_row_move_as_they_do_parameter_by_parameter(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures = [
        {"kind": "conv2d", "filters": 3, "padding": 1},
        {"kind": "batch_norm2d"},
        {"kind": "prelu"},
        {"kind": "max_pool2d"},
        {"kind": "conv2d", "filters": 5, "stride": 2},
        {"kind": "flatten"},
    ]
    changed = document(
        dataset={"kind": "digits", "samples": 100},
        networks={"main": {"layers": pictures}},
        loss={"kind": "cross_entropy"},
        optimizer={"kind": kind},
    )
    in_a_row = stepper(changed)
    in_a_row.advance(STEPS)
    monkeypatch.setattr(type(checked(changed).optimizer), "apart", False)
    one_by_one = stepper(changed)
    one_by_one.advance(STEPS // 2)
    other = stepper(changed)
    monkeypatch.undo()
    third = stepper(changed)
    tensors, values = one_by_one.state()
    for goes_on in (other, third):  # and each goes on from what the other kept
        goes_on.restore(tensors, values)
        goes_on.advance(STEPS - STEPS // 2)
    expected, _ = in_a_row.state()
    for goes_on in (other, third):
        reached, _ = goes_on.state()
        assert reached.keys() == expected.keys()
        assert [name for name, tensor in expected.items() if not torch.equal(tensor, reached[name])] == []


def test_the_order_of_less_work_changes_no_bit() -> None:
    relu = {"kind": "relu"}
    pictures = [
        {"kind": "upsample", "scale_factor": 3},
        {"kind": "conv2d", "filters": 6, "padding": 1},
        relu,
        {"kind": "max_pool2d", "kernel": 3, "stride": 1, "padding": 1},
        {"kind": "max_pool2d", "kernel": 2, "stride": 2},
        {"kind": "conv2d", "filters": 5},
        relu,
        {"kind": "global_max_pool"},
    ]
    changed = document(
        dataset={"kind": "digits", "samples": 100},
        networks={"main": {"layers": pictures}},
        loss={"kind": "cross_entropy"},
        optimizer={"kind": "sgd", "lr": 0.1},
    )
    ours, told = stepper(changed), stepper(changed)
    bare = ours.network._bare_flow[1:]
    assert [step.__self__.__class__.__name__ for step in bare[:4]] == ["Conv2d", "MaxPool2d", "MaxPool2d", "ReLU"]
    told.network._bare_flow = tuple(module.forward for module in (*told.network.layers, *told.network.head))
    np.testing.assert_array_equal(ours.advance(STEPS).losses, told.advance(STEPS).losses)
    for one, other in zip(ours.network.parameters(), told.network.parameters(), strict=True):
        assert torch.equal(one, other)
        assert one.grad is not None
        assert torch.equal(one.grad, other.grad)
    assert torch.equal(ours.outputs(ours.inputs), ours.network(ours.inputs))


@pytest.mark.parametrize("kind", [one.kind_name() for one in OPTIMIZERS])
def test_no_optimizer_wakes_the_compiler(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(inspect.unwrap(torch.optim.Optimizer.add_param_group), "__dynamo_disable", raising=False)
    monkeypatch.setitem(sys.modules, "torch._dynamo", None)  # an import of it fails
    leave_the_compiler_alone()

    assert len(stepper(document(optimizer={"kind": kind})).advance(2).losses) == 2


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


def all_at_once(**changes: Any) -> dict[str, Any]:
    """All 120 training samples in one batch, by L-BFGS."""
    training = {"batch_size": 120, **changes.pop("training", {})}
    return document(optimizer={"kind": "lbfgs"}, training=training, **changes)


def test_lbfgs_does_what_a_plain_pytorch_loop_with_a_closure_does() -> None:
    ours = stepper(all_at_once())
    network = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 8), nn.Tanh(), nn.Linear(8, 1))
    for theirs, own in zip(network.parameters(), ours.network.parameters(), strict=True):
        theirs.data.copy_(own.data)
    optimizer = torch.optim.LBFGS(
        network.parameters(), max_iter=10, max_eval=40, history_size=10, line_search_fn="strong_wolfe"
    )
    losses: list[float] = []
    for _ in range(6):
        x, y = ours.batch()

        def closure(x: Tensor = x, y: Tensor = y) -> Tensor:
            optimizer.zero_grad()
            loss = nn.functional.binary_cross_entropy_with_logits(network(x), y)
            loss.backward()
            return loss

        losses.append(optimizer.step(closure).item())
        assert ours.advance(1).losses[0] == pytest.approx(losses[-1], rel=1e-4)
    assert losses[-1] < 0.8 * losses[0]


def test_lbfgs_with_l2_finds_what_the_normal_equations_give() -> None:
    pull = 0.3
    changed = all_at_once(
        dataset={"kind": "plane", "samples": 200, "features": ["x1", "x2", "x1_x2"]},
        task={"kind": "regression"},
        loss={"kind": "mse"},
        networks={"main": {"layers": []}},
        training={"regularization": {"l2": pull}},
    )
    ours = stepper(changed)
    ours.advance(8)
    x = np.column_stack([ours.inputs.numpy(), np.ones(120)]).astype(float)
    y = ours.targets.numpy()[:, 0].astype(float)
    held = np.diag([pull, pull, pull, 0]) * 120 / 2  # of mean((xw − y)²) + pull · w² / 2; the bias is free
    expected = np.linalg.solve(x.T @ x + held, x.T @ y)
    (head,) = ours.network.head
    np.testing.assert_allclose([*head.weight.detach().numpy()[0], head.bias.item()], expected, atol=1e-4)


def test_lbfgs_looks_at_its_batch_with_the_same_dropout_each_time() -> None:
    dropout = {"networks": {"main": {"layers": [*layers(8), {"kind": "dropout", "p": 0.5}, *layers(6)]}}}
    ours = stepper(all_at_once(**dropout))
    for _ in range(4):
        chance = torch.get_rng_state()
        x, y = ours.batch()
        before = ours.advance(1).losses[0]
        after_one_look = torch.get_rng_state()
        torch.set_rng_state(chance)
        ours.network.train()
        assert ours.criterion(ours.network(x), y).item() < before
        assert torch.equal(torch.get_rng_state(), after_one_look)


def test_a_batch_norm_counts_a_batch_once_however_often_lbfgs_looks_at_it() -> None:
    normed = {"networks": {"main": {"layers": [*layers(8), {"kind": "batch_norm1d"}, *layers(6)]}}}
    ours = stepper(all_at_once(**normed))
    first, last = ours.network.layers[0], ours.network.layers[2]
    means = torch.tanh(first(ours.inputs)).mean(dim=0)
    ours.advance(1)
    assert last.num_batches_tracked == 1
    torch.testing.assert_close(last.running_mean, 0.1 * means)


def test_a_rate_that_overshoots_ends_an_lbfgs_run_in_order() -> None:
    for rate in (1.0, 10.0, 100.0):
        wild = document(optimizer={"kind": "lbfgs", "lr": rate, "line_search": False}, training={"batch_size": 7})
        chunk = stepper(wild).advance(60)
        assert chunk.broke or len(chunk.losses) == 60


def test_max_norm_shortens_what_comes_into_each_neuron_after_each_update() -> None:
    longest, sgd = 0.6, {"kind": "sgd", "lr": 0.1}
    free, held = (
        stepper(document(optimizer=sgd, training={"regularization": rules})) for rules in ({}, {"max_norm": longest})
    )
    for one in (free, held):
        one.advance(1)
    shortened = 0
    for name, weight in free.network.state_dict().items():
        kept = held.network.state_dict()[name]
        if weight.dim() == 1:
            assert torch.equal(kept, weight)
            continue
        for row, kept_row in zip(weight.tolist(), kept.tolist(), strict=True):
            length = sum(number**2 for number in row) ** 0.5
            share = min(longest / length, 1)
            assert kept_row == pytest.approx([number * share for number in row], rel=1e-5)
            shortened += share < 1
    assert shortened > 3
    held.advance(30)
    for weight in held.decayed:
        assert weight.norm(dim=1).max() <= longest * (1 + 1e-5)


@pytest.mark.parametrize(
    ("module", "outputs"),
    # where the numbers lie that come into output o
    [
        (nn.Conv1d(3, 4, 3), lambda weight: [weight[o] for o in range(4)]),
        (nn.Conv2d(4, 6, 3, groups=2), lambda weight: [weight[o] for o in range(6)]),
        (
            nn.Conv2d(4, 6, 3).to(memory_format=torch.channels_last),
            lambda weight: [weight[o] for o in range(6)],
        ),
        (nn.ConvTranspose2d(4, 3, 2), lambda weight: [weight[:, o] for o in range(3)]),
        (
            nn.ConvTranspose2d(4, 6, 2, groups=2),
            lambda weight: [weight[2 * (o // 3) : 2 * (o // 3) + 2, o % 3] for o in range(6)],
        ),
    ],
    ids=["conv1d", "conv2d in groups", "channels last", "transposed", "transposed in groups"],
)
def test_max_norm_shortens_filters_too(module: nn.Module, outputs: Any) -> None:
    torch.nn.init.normal_(module.weight, generator=torch.Generator().manual_seed(1))
    before = module.weight.detach().clone()
    lengths = [one.norm().item() for one in outputs(before)]
    longest = sorted(lengths)[len(lengths) // 2] * 0.99
    shorten(nn.Sequential(module), longest)
    for old, new, length in zip(outputs(before), outputs(module.weight.detach()), lengths, strict=True):
        torch.testing.assert_close(new, old * min(1, longest / length))
    assert min(lengths) < longest < max(lengths)


def test_max_norm_may_be_set_while_it_trains_and_comes_back_with_a_state() -> None:
    ours = stepper(document())
    ours.regularization = ours.regularization.model_copy(update={"max_norm": 0.5})
    ours.advance(1)
    other = stepper(document())
    other.restore(*ours.state())
    other.advance(1)
    assert other.decayed[0].norm(dim=1).max() <= 0.5 * (1 + 1e-5)


def test_a_loss_that_is_no_number_stops_the_chunk_before_its_update_and_names_the_layer() -> None:
    ours = stepper(document())
    ours.advance(2)
    ours.network.layers[2].weight.data[0, 0] = float("nan")
    chunk = ours.advance(10)

    assert chunk.broke
    assert len(chunk.losses) == 1
    assert ours.step == 2
    assert ours.first_broken() == "/layers/2"
