"""The compiled stepper learns what PyTorch learns, the same each time, and each goes on from what the other kept."""

import json
import sys
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from safetensors.torch import load, save

from app.experiment import compilable
from app.experiment.check import check, checked
from app.experiment.compilable import misfit
from app.experiment.experiment import Experiment
from app.parts.datasets.prepared import Array
from app.runs.record import digest, record
from app.training.late import READY
from app.training.steppers import choosing
from app.training.steppers.compiled import plan
from app.training.steppers.compiled.stepper import CompiledStepper
from app.training.steppers.eager import EagerStepper
from app.training.steppers.stepper import State
from tests.training.documents import document, layers
from tests.training.running import trained
from tests.training.steppers import DullStepper, Training, begin

STEPS = 50
NUMBERS: dict[str, Any] = {"dataset": {"kind": "plane", "samples": 120}, "task": {"kind": "regression"}}
HELD = {"l1": 0.001, "l2": 0.01, "clip_norm": 0.5, "max_norm": 2.0}
FROZEN: dict[str, Any] = {"kind": "linear", "units": 8, "frozen": True}
INNER = "/networks/main/layers/0/layers/0"
SMOOTH = ("tanh", "sigmoid", "gelu", "silu", "softplus", "sine", "elu", "identity")
OPTIMIZERS: list[dict[str, Any]] = [
    {"kind": "sgd", "lr": 0.1},
    {"kind": "sgd", "lr": 0.05, "momentum": 0.9, "weight_decay": 0.01},
    {"kind": "sgd", "lr": 0.05, "momentum": 0.8, "nesterov": True},
    {"kind": "adam", "lr": 0.01, "weight_decay": 0.01},
    {"kind": "adamw", "lr": 0.01, "weight_decay": 0.1},
    {"kind": "rmsprop", "lr": 0.005, "weight_decay": 0.01},
    {"kind": "adagrad", "lr": 0.1, "lr_decay": 0.01},
]


class Double(CompiledStepper):
    """The same source, compiled for numbers of twice the length."""

    real = np.float64


class DoubleDull(DullStepper):
    """PyTorch with such numbers."""

    def __init__(self, experiment: Experiment, feed: Any, work: Any) -> None:
        super().__init__(experiment, feed, work)
        for network in self.networks.values():
            network.double()
        whole = feed._whole
        feed._whole = whole.each(lambda tensor: tensor.double() if tensor.is_floating_point() else tensor, whole.size)


def assert_close(ours: Array, theirs: Array, parted: Any = 0.0) -> None:
    """The promise for the first steps. Settings that are chaotic part from themselves: `parted` is how far."""
    assert len(ours) == len(theirs)
    assert np.all(np.abs(ours - theirs) <= np.maximum(1e-5 * np.maximum(np.abs(theirs), 1e-3), 10 * parted))


def parting(changed: dict[str, Any], losses: Array) -> Array:
    """How far PyTorch's losses are by then from these, where inputs or weights are moved by the last place."""
    found: list[Array] = []
    for direction, inputs in product((torch.inf, -torch.inf), (True, False)):
        moved = begin(changed)
        whole = moved.feed.whole
        assert whole is not None
        for x in [whole.inputs["x"]] if inputs else [parameter.data for parameter in moved.network.parameters()]:
            x.copy_(torch.nextafter(x, torch.full_like(x, direction)))
        found.append(np.abs(moved.losses(len(losses)) - losses))
    return np.maximum.accumulate(np.max(found, axis=0))


def stacks() -> st.SearchStrategy[list[dict[str, Any]]]:
    """One to four dense layers with activations, some of them around which a shortcut leads."""
    width, bend = st.integers(1, 12), st.sampled_from(compilable.ACTIVATIONS)
    dense = st.builds(lambda units, kind: layers(units, activation=kind), width, bend)

    def with_shortcut(units: int, kind: str, inner: str) -> list[dict[str, Any]]:
        around = {"kind": "residual", "layers": [*layers(units, activation=inner), {"kind": "identity"}]}
        return [*layers(units, activation=kind), around]

    pieces = st.lists(st.one_of(dense, st.builds(with_shortcut, width, bend, bend)), max_size=4)
    return pieces.map(lambda some: [layer for piece in some for layer in piece])


def documents() -> st.SearchStrategy[dict[str, Any]]:
    """Documents of everything that fits."""
    classes = st.builds(
        lambda dataset, loss: {"dataset": {"kind": dataset, "samples": 120}, "loss": loss},
        st.sampled_from(["spiral", "circle", "blobs"]),
        st.sampled_from(
            [{"kind": kind} for kind in ("bce_with_logits", "hinge", "cross_entropy")]
            + [{"kind": "cross_entropy", "label_smoothing": 0.1}]
        ),
    )
    numbers = st.sampled_from(["mse", "l1", "huber"]).map(lambda kind: NUMBERS | {"loss": {"kind": kind}})
    training = st.builds(
        lambda batch, held: {"epochs": 30, "batch_size": batch, "regularization": held},
        st.integers(1, 60),
        st.sampled_from([{}, {"l1": 0.01}, {"l2": 0.1}, {"clip_norm": 0.1}, {"max_norm": 0.5}, HELD]),
    )
    return st.builds(
        lambda data, inner, optimizer, training, schedule, seed: document(
            **data,
            networks={"main": {"layers": inner}},
            optimizer=optimizer,
            training=training,
            schedule=schedule,
            seed=seed,
        ),
        st.one_of(classes, numbers),
        stacks(),
        st.sampled_from(OPTIMIZERS),
        training,
        st.sampled_from(
            [{"kind": "constant"}, {"kind": "constant", "warmup": 3}, {"kind": "cosine"}, {"kind": "step"}]
        ),
        st.integers(0, 100),
    )


def test_what_fits_is_what_can_be_planned() -> None:
    assert tuple(plan.BENDS) == compilable.ACTIVATIONS
    assert tuple(plan.LOSSES) == compilable.LOSSES
    assert tuple(plan.OPTIMIZERS) == compilable.OPTIMIZERS


@settings(max_examples=20, deadline=None, derandomize=True)
@given(documents())
def test_the_first_losses_are_those_of_pytorch(changed: dict[str, Any]) -> None:
    # A gradient of signs may be 0 but for rounding; who divides it by its size makes a whole step of that.
    assume(changed["optimizer"]["kind"] == "sgd" or changed["loss"]["kind"] not in ("hinge", "l1"))
    assert misfit(checked(changed)) is None
    theirs = begin(changed, EagerStepper).stepper.advance(STEPS)
    ours = begin(changed, CompiledStepper).stepper.advance(STEPS)
    assert_close(ours.losses["loss"], theirs.losses["loss"], parting(changed, theirs.losses["loss"]))
    np.testing.assert_array_equal(ours.factors, theirs.factors)
    np.testing.assert_array_equal(ours.epochs, theirs.epochs)
    assert (ours.samples, ours.broke) == (theirs.samples, theirs.broke)


def test_pictures_laid_flat_are_learned_too() -> None:
    changed = document(
        dataset={"kind": "digits", "samples": 200},
        networks={"main": {"layers": [{"kind": "flatten"}, *layers(32, activation="relu")]}},
        loss={"kind": "cross_entropy"},
        training={"batch_size": 33},
    )
    assert_close(begin(changed, CompiledStepper).losses(STEPS), begin(changed).losses(STEPS))


@pytest.mark.parametrize(("activation", "optimizer"), list(product(SMOOTH, OPTIMIZERS[1::2])))
def test_with_long_numbers_it_agrees_far_longer(activation: str, optimizer: dict[str, Any]) -> None:
    inner = [*layers(6, activation=activation), {"kind": "residual", "layers": layers(6, activation=activation)}]
    losses = ({"loss": {"kind": "bce_with_logits"}}, NUMBERS | {"loss": {"kind": "mse"}})
    for data in losses:
        changed = document(networks={"main": {"layers": inner}}, optimizer=optimizer, **data)
        ours, theirs = begin(changed, Double).losses(200), begin(changed, DoubleDull).losses(200)
        np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12)


def test_it_is_the_same_each_time_however_the_steps_are_divided() -> None:
    first, second = begin(document(), CompiledStepper), begin(document(), CompiledStepper)
    whole = first.losses(300)
    pieces = np.concatenate([second.losses(count) for count in (1, 7, 12, 100, 180)])
    np.testing.assert_array_equal(whole, pieces)
    assert all(map(torch.equal, first.network.parameters(), second.network.parameters()))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize(
    ("first", "second"),
    [(EagerStepper, CompiledStepper), (CompiledStepper, EagerStepper), (CompiledStepper, CompiledStepper)],
)
def test_one_stepper_goes_on_from_what_another_kept(optimizer: dict[str, Any], first: Any, second: Any) -> None:
    changed = document(optimizer=optimizer, schedule={"kind": "exponential"})
    expected = begin(changed).losses(2 * STEPS)[STEPS:]
    before, after = begin(changed, first), begin(changed, second)
    before.losses(STEPS)
    tensors, values = before.stepper.state()
    written = save({name: tensor.contiguous() for name, tensor in tensors.items()}), json.dumps(values)
    after.stepper.restore(State(load(written[0]), json.loads(written[1])))
    after.feed.order.restore(before.feed.order.state())
    np.testing.assert_allclose(after.losses(STEPS), expected, rtol=1e-4)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_what_it_keeps_has_the_form_of_the_other(optimizer: dict[str, Any]) -> None:
    eager, compiled = begin(document(optimizer=optimizer)), begin(document(optimizer=optimizer), CompiledStepper)
    for training in (eager, compiled):
        training.losses(3)
    theirs, ours = eager.stepper.state(), compiled.stepper.state()
    assert ours.tensors.keys() == theirs.tensors.keys()
    for name, tensor in theirs.tensors.items():
        assert (ours.tensors[name].shape, ours.tensors[name].dtype) == (tensor.shape, tensor.dtype)
    assert ours.values == theirs.values


def test_gradients_and_updates_are_observed_as_by_the_other() -> None:
    changed = document(training={"regularization": HELD})
    theirs = begin(changed).stepper.advance(5, observe=True).layers
    ours = begin(changed, CompiledStepper).stepper.advance(5, observe=True).layers
    assert ours.keys() == theirs.keys()
    for path, values in theirs.items():
        assert ours[path] == pytest.approx(values, rel=1e-4)


def test_momentum_that_is_set_later_begins_to_roll_then() -> None:
    def losses(kind: Any) -> Array:
        training: Training = begin(document(optimizer={"kind": "sgd", "lr": 0.05}), kind)
        found = [training.losses(10)]
        for momentum in (0.9, 0.0, 0.5):
            training.stepper.change(checked(document(optimizer={"kind": "sgd", "lr": 0.05, "momentum": momentum})))
            found.append(training.losses(10))
        return np.concatenate(found)

    assert_close(losses(CompiledStepper), losses(EagerStepper))


@pytest.mark.parametrize("layer", [0, 2])
def test_a_loss_that_is_no_number_ends_the_chunk_before_its_update(layer: int) -> None:
    training = begin(document(), CompiledStepper)
    training.losses(2)
    training.network.layers[layer].weight.data[0, 0] = float("nan")
    before = [parameter.detach().clone() for parameter in training.network.parameters()]
    chunk = training.stepper.advance(10)
    assert chunk.broke
    assert chunk.count == len(chunk.losses["loss"]) == len(chunk.epochs) == 1
    assert training.stepper.step == 2
    for parameter, kept in zip(training.network.parameters(), before, strict=True):
        assert torch.equal(torch.nan_to_num(parameter), torch.nan_to_num(kept))


def test_a_rate_that_is_too_high_diverges_at_the_same_step() -> None:
    wild = document(**NUMBERS, loss={"kind": "mse"}, optimizer={"kind": "sgd", "lr": 100.0})
    ours, theirs = (begin(wild, kind).stepper.advance(1000) for kind in (CompiledStepper, EagerStepper))
    assert ours.broke
    assert theirs.broke
    assert abs(ours.count - theirs.count) <= 1


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"networks": {"main": {"layers": [*layers(8), {"kind": "dropout"}]}}}, "/networks/main/layers/2"),
        ({"networks": {"main": {"layers": layers(257)}}}, "/networks/main/layers/0"),
        ({"networks": {"main": {"layers": [FROZEN, *layers(8)]}}}, "/networks/main/layers/0"),
        ({"networks": {"main": {"layers": [{"kind": "residual", "layers": [FROZEN | {"units": 2}]}]}}}, INNER),
        ({"loss": {"kind": "focal"}}, "/loss"),
        ({"optimizer": {"kind": "lbfgs"}}, "/optimizer"),
    ],
)
def test_what_does_not_fit_says_so_at_its_place(change: dict[str, Any], place: str) -> None:
    found = misfit(checked(document(**change)))
    assert found is not None
    assert found.place == place


def test_a_document_that_asks_for_what_does_not_fit_is_told_so_with_a_fix() -> None:
    asked = {"epochs": 5, "stepper": "compiled"}
    (problem,) = check(document(optimizer={"kind": "lbfgs"}, training=asked)).problems
    assert problem.place == "/training/stepper"
    assert problem.fixes[0].edits[0].value == "eager"


@pytest.mark.parametrize(
    ("change", "stepper"),
    [
        ({}, "compiled"),
        ({"training": {"epochs": 2}}, "compiled"),
        ({"training": {"epochs": 2, "stepper": "compiled"}}, "compiled"),
        ({"training": {"epochs": 2, "stepper": "eager"}}, "eager"),
        ({"version": 1}, "eager"),
        ({"version": 2}, "eager"),
        ({"version": 2, "training": {"epochs": 2, "stepper": "compiled"}}, "compiled"),
        ({"optimizer": {"kind": "lbfgs"}, "training": {"epochs": 2}}, "eager"),
        ({"training": {"epochs": 2, "averaging": 0.9}}, "eager"),
    ],
)
def test_run_is_trained_by_it_where_it_fits_unless_the_document_says_otherwise_or_is_old(
    change: dict[str, Any], stepper: str, tmp_path: Path
) -> None:
    told = trained(tmp_path, document(**change))
    assert next(event for event in told if event["type"] == "started")["stepper"] == stepper


def test_pytorch_trains_where_the_loop_cannot_be_compiled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, READY, None)  # as where Numba cannot be imported
    choosing.compiled_stepper.cache_clear()
    try:
        told = trained(tmp_path, document(training={"epochs": 2}))
    finally:
        choosing.compiled_stepper.cache_clear()
    assert next(event for event in told if event["type"] == "started")["stepper"] == "eager"
    assert told[-1]["reason"] == "done"


def test_a_run_trained_by_it_leaves_the_same_record_each_time(tmp_path: Path) -> None:
    training = {"epochs": 60, "early_stopping": {"patience": 40}}
    first, second = (trained(tmp_path, document(training=training)) for _ in range(2))
    plain = trained(tmp_path, document(training={**training, "stepper": "eager"}))
    assert first[-1]["reason"] == "done"
    assert digest(record(first)) == digest(record(second))
    assert record(first).evaluated.keys() == record(plain).evaluated.keys()
    assert record(first).frames < record(plain).frames  # of so quick steps a picture costs more
