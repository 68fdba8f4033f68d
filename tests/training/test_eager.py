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
from app.training.building import captured
from app.training.steppers.bare import leave_the_compiler_alone
from app.training.steppers.regularizing import shorten
from app.training.steppers.stepper import State
from app.training.tasks.supervised import targets_of
from tests.training.documents import document, layers
from tests.training.steppers import begin

STEPS = 40


def test_losses_are_those_of_a_plain_pytorch_loop() -> None:
    changed = document(optimizer={"kind": "sgd", "lr": 0.1, "momentum": 0.9})
    ours = begin(changed)
    network = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 8), nn.Tanh(), nn.Linear(8, 1))
    for theirs, own in zip(network.parameters(), ours.network.parameters(), strict=True):
        theirs.data.copy_(own.data)
    optimizer = torch.optim.SGD(network.parameters(), lr=0.1, momentum=0.9)
    losses: list[float] = []
    whole = ours.samples.whole("train")
    x, y = whole.inputs["x"], targets_of(whole)
    for epoch in range(2):
        order = torch.from_numpy(ours.feed.order.of(epoch))
        for rows in order.split(10):
            optimizer.zero_grad()
            loss = nn.functional.binary_cross_entropy_with_logits(network(x[rows]), y[rows])
            loss.backward()
            optimizer.step()
            losses.append(loss.item())

    np.testing.assert_allclose(ours.losses(len(losses)), losses, rtol=1e-5)


@pytest.mark.parametrize("kind", [optimizer.kind_name() for optimizer in OPTIMIZERS])
def test_every_optimizer_goes_on_from_a_state_as_if_nothing_had_happened(kind: str) -> None:
    changed = document(
        optimizer={"kind": kind},
        networks={"main": {"layers": [*layers(8), {"kind": "dropout"}, *layers(6), {"kind": "layer_norm"}]}},
    )
    expected = begin(changed).losses(2 * STEPS)
    broken = begin(changed)  # made now: dropout draws from the one generator of the process
    broken.losses(STEPS)
    tensors, values = broken.stepper.state()
    written = save({name: tensor.contiguous() for name, tensor in tensors.items()}), json.dumps(values)
    other = begin(changed)
    torch.default_generator.manual_seed(99)
    other.stepper.restore(State(load(written[0]), json.loads(written[1])))
    other.feed.order.restore(broken.feed.order.state())

    np.testing.assert_array_equal(other.losses(STEPS), expected[STEPS:])


def test_a_network_that_is_watched_answers_the_same_in_training_too() -> None:
    pictures = [{"kind": "conv2d", "filters": 6}, {"kind": "relu"}, {"kind": "max_pool2d"}, {"kind": "flatten"}]
    changed = document(
        dataset={"kind": "digits", "samples": 100},
        networks={"main": {"layers": pictures}},
        loss={"kind": "cross_entropy"},
    )
    ours = begin(changed)
    x, _ = ours.batch()
    for mode in (ours.network.eval, ours.network.train):
        alone = mode()(x)
        with captured(ours.network, {"layers.2", "head.0"}) as seen:
            assert torch.equal(ours.network(x), alone)
        assert torch.equal(seen["head.0"], alone)
        assert seen["layers.2"].shape == (10, 6, 3, 3)


@pytest.mark.parametrize("kind", [optimizer.kind_name() for optimizer in OPTIMIZERS])
def test_no_optimizer_wakes_the_compiler(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(inspect.unwrap(torch.optim.Optimizer.add_param_group), "__dynamo_disable", raising=False)
    monkeypatch.setitem(sys.modules, "torch._dynamo", None)  # an import of it fails
    leave_the_compiler_alone()

    assert len(begin(document(optimizer={"kind": kind})).losses(2)) == 2


def test_chunks_of_any_length_give_the_same_losses() -> None:
    whole, pieces = begin(document()), begin(document())
    expected = whole.losses(STEPS)
    given = np.concatenate([pieces.losses(count) for count in (1, 2, 17, STEPS - 20)])

    np.testing.assert_array_equal(given, expected)


def test_a_new_batch_size_divides_the_rest_of_the_epoch() -> None:
    ours = begin(document())  # 120 training samples in batches of 10
    ours.losses(3)
    ours.feed.order.batch_size = 40
    sizes = [ours.stepper.advance(1).samples for _ in range(3)]

    assert sizes == [40, 40, 10]
    assert ours.feed.order.epoch == 1.0


def test_l1_and_l2_pull_at_weights_but_not_at_biases() -> None:
    sgd = {"kind": "sgd", "lr": 0.1}
    free, held = (
        begin(document(optimizer=sgd, training={"regularization": rules})) for rules in ({}, {"l1": 0.01, "l2": 0.5})
    )
    start = {name: value.clone() for name, value in free.network.state_dict().items()}
    for training in (free, held):
        training.losses(1)
    for name, before in start.items():
        pull = 0.1 * (0.01 * before.sign() + 0.5 * before) if before.dim() > 1 else torch.zeros_like(before)
        difference = free.network.state_dict()[name] - held.network.state_dict()[name]
        torch.testing.assert_close(difference, pull, atol=1e-6, rtol=1e-4)


def test_clipping_bounds_the_length_of_the_gradient() -> None:
    limit = 0.001
    ours = begin(document(optimizer={"kind": "sgd", "lr": 1.0}, training={"regularization": {"clip_norm": limit}}))
    before = [parameter.detach().clone() for parameter in ours.network.parameters()]
    ours.losses(1)
    ways = [(a.detach() - b).flatten() for a, b in zip(ours.network.parameters(), before, strict=True)]
    moved = torch.cat(ways).norm()

    assert float(moved) == pytest.approx(limit, rel=1e-3)


def all_at_once(**changes: Any) -> dict[str, Any]:
    """All 120 training samples in one batch, by L-BFGS."""
    training = {"batch_size": 120, **changes.pop("training", {})}
    return document(optimizer={"kind": "lbfgs"}, training=training, **changes)


def test_lbfgs_does_what_a_plain_pytorch_loop_with_a_closure_does() -> None:
    ours = begin(all_at_once())
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
        assert ours.losses(1)[0] == pytest.approx(losses[-1], rel=1e-4)
    assert losses[-1] < 0.8 * losses[0]


def test_lbfgs_stands_still_where_a_schedule_begins_at_a_learning_rate_of_0() -> None:
    ours = begin(all_at_once(schedule={"kind": "constant", "warmup": 1.0}))
    x, y = ours.batch()
    before = [parameter.clone() for parameter in ours.network.parameters()]
    assert ours.losses(1)[0] == pytest.approx(ours.work.criterion(ours.network(x), y).item())
    assert all(torch.equal(*pair) for pair in zip(before, ours.network.parameters(), strict=True))
    assert ours.losses(2)[1] != pytest.approx(ours.losses(1)[0])


def test_lbfgs_with_l2_finds_what_the_normal_equations_give() -> None:
    pull = 0.3
    changed = all_at_once(
        dataset={"kind": "plane", "samples": 200, "features": ["x1", "x2", "x1_x2"]},
        task={"kind": "regression"},
        loss={"kind": "mse"},
        networks={"main": {"layers": []}},
        training={"regularization": {"l2": pull}},
    )
    ours = begin(changed)
    ours.losses(8)
    whole = ours.samples.whole("train")
    x = np.column_stack([whole.inputs["x"].numpy(), np.ones(120)]).astype(float)
    y = targets_of(whole).numpy()[:, 0].astype(float)
    held = np.diag([pull, pull, pull, 0]) * 120 / 2  # of mean((xw − y)²) + pull · w² / 2; the bias is free
    expected = np.linalg.solve(x.T @ x + held, x.T @ y)
    (head,) = ours.network.head
    np.testing.assert_allclose([*head.weight.detach().numpy()[0], head.bias.item()], expected, atol=1e-4)


def test_lbfgs_looks_at_its_batch_with_the_same_dropout_each_time() -> None:
    dropout = {"networks": {"main": {"layers": [*layers(8), {"kind": "dropout", "p": 0.5}, *layers(6)]}}}
    ours = begin(all_at_once(**dropout))
    for _ in range(4):
        chance = torch.get_rng_state()
        x, y = ours.batch()
        before = ours.losses(1)[0]
        after_one_look = torch.get_rng_state()
        torch.set_rng_state(chance)
        ours.network.train()
        assert ours.work.criterion(ours.network(x), y).item() < before
        assert torch.equal(torch.get_rng_state(), after_one_look)


def test_a_batch_norm_counts_a_batch_once_however_often_lbfgs_looks_at_it() -> None:
    normed = {"networks": {"main": {"layers": [*layers(8), {"kind": "batch_norm1d"}, *layers(6)]}}}
    ours = begin(all_at_once(**normed))
    first, last = ours.network.layers[0], ours.network.layers[2]
    means = torch.tanh(first(ours.samples.whole("train").inputs["x"])).mean(dim=0)
    ours.losses(1)
    assert last.num_batches_tracked == 1
    torch.testing.assert_close(last.running_mean, 0.1 * means)


def test_a_rate_that_overshoots_ends_an_lbfgs_run_in_order() -> None:
    for rate in (1.0, 10.0, 100.0):
        wild = document(optimizer={"kind": "lbfgs", "lr": rate, "line_search": False}, training={"batch_size": 7})
        chunk = begin(wild).stepper.advance(60)
        assert chunk.broke or chunk.count == 60


def test_max_norm_shortens_what_comes_into_each_neuron_after_each_update() -> None:
    longest, sgd = 0.6, {"kind": "sgd", "lr": 0.1}
    free, held = (
        begin(document(optimizer=sgd, training={"regularization": rules})) for rules in ({}, {"max_norm": longest})
    )
    for training in (free, held):
        training.losses(1)
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
    held.losses(30)
    for weight in held.weights:
        assert weight.norm(dim=1).max() <= longest * (1 + 1e-5)


@pytest.mark.parametrize(
    ("module", "outputs"),
    # where the numbers lie that come into output o
    [
        (nn.Conv1d(3, 4, 3), lambda weight: [weight[o] for o in range(4)]),
        (nn.Conv2d(4, 6, 3, groups=2), lambda weight: [weight[o] for o in range(6)]),
        (
            nn.Conv2d(4, 6, 3).to(memory_format=torch.channels_last),  # pyright: ignore[reportCallIssue, reportArgumentType] - torch declares it for tensors of four axes only
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
    weight = module.get_parameter("weight")
    torch.nn.init.normal_(weight, generator=torch.Generator().manual_seed(1))
    before = weight.detach().clone()
    lengths = [weights.norm().item() for weights in outputs(before)]
    longest = sorted(lengths)[len(lengths) // 2] * 0.99
    shorten(nn.Sequential(module), longest)
    for old, new, length in zip(outputs(before), outputs(weight.detach()), lengths, strict=True):
        torch.testing.assert_close(new, old * min(1, longest / length))
    assert min(lengths) < longest < max(lengths)


def test_max_norm_may_be_set_while_it_trains_and_comes_back_with_a_state() -> None:
    ours = begin(document())
    ours.stepper.change(checked(document(training={"regularization": {"max_norm": 0.5}})))
    ours.losses(1)
    other = begin(document())
    other.stepper.restore(ours.stepper.state())
    other.losses(1)
    assert other.weights[0].norm(dim=1).max() <= 0.5 * (1 + 1e-5)
