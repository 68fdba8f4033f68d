"""The replay of recurrent layers: it says what PyTorch's modules do, and how gradients reach back."""

from math import log
from typing import Any

import numpy as np
import pytest
import torch

from app.parts.datasets.dataset import Array
from app.training import modules
from app.training.modules.replaying import replayed
from tests.training.test_probes import looked_at, values

ADDING: dict[str, Any] = {
    "dataset": {"kind": "adding", "samples": 60, "length": 12},
    "task": {"kind": "regression"},
    "networks": {"main": {"layers": [{"kind": "lstm", "units": 6, "gives": "last"}]}},
    "loss": {"kind": "mse"},
}
PATH = "/networks/main/layers/0"
PLAIN: dict[Any, Any] = {modules.LSTM: torch.nn.LSTM, modules.GRU: torch.nn.GRU, modules.RNN: torch.nn.RNN}


@pytest.mark.parametrize("options", [{}, {"num_layers": 2}], ids=["one layer", "two layers"])
@pytest.mark.parametrize("kind", [modules.LSTM, modules.GRU, modules.RNN], ids=lambda kind: kind.__name__)
def test_a_replay_is_what_pytorch_computes(kind: Any, options: dict[str, Any]) -> None:
    torch.manual_seed(0)
    module, x = kind(3, 7, **options), torch.randn(4, 30, 3)
    found = replayed(module, x)
    torch.testing.assert_close(found[-1].whole(), module(x), atol=1e-6, rtol=0)
    ends = PLAIN[kind].forward(module, x)[1]  # of each layer, the lowest first
    states, cells = ends if isinstance(ends, tuple) else (ends, None)
    for layer, replay in enumerate(found):
        torch.testing.assert_close(replay.states[-1], states[layer], atol=1e-6, rtol=0)
        if cells is not None:
            torch.testing.assert_close(replay.cells[-1], cells[layer], atol=1e-6, rtol=0)


def test_a_relu_is_replayed_as_one() -> None:
    module, x = modules.RNN(3, 7, nonlinearity="relu", identity=True), torch.randn(4, 10, 3)
    torch.testing.assert_close(replayed(module, x)[0].whole(), module(x), atol=1e-6, rtol=0)


@pytest.mark.parametrize("kind", ["lstm", "gru", "rnn"])
def test_gates_and_half_lives_are_those_of_the_replay_and_units_are_sorted(kind: str) -> None:
    document = {**ADDING, "networks": {"main": {"layers": [{"kind": kind, "units": 6, "gives": "last"}]}}}
    look, frames = looked_at(document)
    frame, module = frames["gates"], look.module(PATH)
    gates = {"lstm": "ifgoc", "gru": "rzn", "rnn": ""}[kind]
    assert {name.split(":")[1] for name in frame.arrays if name.startswith("gate:")} == set(gates)
    x = torch.from_numpy(look.samples.prepared.inputs[frames["states"].about["samples"]])
    with torch.no_grad():
        (replay,) = replayed(module, x.transpose(1, 2))
    for name in gates:
        whole = torch.stack(replay.cells if name == "c" else replay.gates[name], dim=2)[:, frame.about["order"][PATH]]
        shown = values(frame.arrays[f"gate:{name}:{PATH}"])
        np.testing.assert_allclose(shown, whole[: len(shown)].numpy(), atol=1 / 100)
    if kind != "rnn":
        keeps = torch.stack(replay.gates["f" if kind == "lstm" else "z"])  # (places, samples, units)
        samples = len(values(frame.arrays[f"gate:{gates[0]}:{PATH}"]))
        half = -log(2) / keeps[:, :samples].log().mean((0, 1))
        np.testing.assert_allclose(
            values(frame.arrays[f"half_life:{PATH}"]), half.sort(descending=True).values.numpy(), rtol=1e-4
        )
    assert not module.replays
    assert module.replay is None


@pytest.mark.parametrize("kind", ["lstm", "gru", "rnn"])
def test_the_gates_of_lower_layers_are_those_of_their_weights_in_modules_of_their_own(kind: str) -> None:
    layer = {"kind": kind, "units": 6, "num_layers": 3, "gives": "last"}
    look, frames = looked_at({**ADDING, "networks": {"main": {"layers": [layer]}}})
    frame, module = frames["gates"], look.module(PATH)
    assert frame.about["layers"] == [PATH]
    x = torch.from_numpy(look.samples.prepared.inputs[frames["states"].about["samples"]]).transpose(1, 2)
    for number, address in enumerate([f"{PATH}:l0", f"{PATH}:l1", PATH]):
        own = type(module)(x.shape[2], 6)
        own.load_state_dict({name: getattr(module, name.replace("l0", f"l{number}")) for name in own.state_dict()})
        with torch.no_grad():
            (replay,) = replayed(own, x)
            x = own(x)
        for name, steps in {**replay.gates, **({"c": replay.cells} if replay.cells else {})}.items():
            whole = torch.stack(steps, dim=2)[:, frame.about["order"][address]]
            shown = values(frame.arrays[f"gate:{name}:{address}"])
            np.testing.assert_allclose(shown, whole[: len(shown)].numpy(), atol=1 / 100)
        assert (f"half_life:{address}" in frame.arrays) is (kind != "rnn")
    assert not any(name.endswith(":l2") for name in frame.arrays)


def test_gradients_are_those_of_a_small_push_of_the_state_and_change_no_training() -> None:
    look, frames = looked_at(ADDING)
    lengths = values(frames["gates"].arrays[f"gradient:{PATH}"])
    assert lengths.shape == values(frames["gates"].arrays[f"cell_gradient:{PATH}"]).shape == (12,)
    module: Any = look.module(PATH)
    batch = look.samples.batch("validation", np.arange(8))
    states = torch.nn.LSTM.forward(module, batch.inputs["x"].transpose(1, 2))[0].detach()
    last = states[:, -1].requires_grad_()
    loss = look.work.loss(look.networks["main"].head(last), batch)  # pyright: ignore[reportAttributeAccessIssue]
    (expected,) = torch.autograd.grad(loss, last)
    assert lengths[-1] == pytest.approx(8 * expected.norm(dim=1).mean().item(), rel=1e-4)
    assert all(parameter.grad is None for parameter in look.networks["main"].parameters())
    assert 0 < lengths[0] < lengths[-1]  # a fresh LSTM forgets


@pytest.mark.parametrize("kind", ["lstm", "gru", "rnn"])
def test_a_frozen_layer_has_its_gradients_too(kind: str) -> None:
    def lengths(frozen: bool) -> Array:
        layer = {"kind": kind, "units": 6, "gives": "last", "frozen": frozen}
        _, frames = looked_at({**ADDING, "networks": {"main": {"layers": [layer]}}})
        return values(frames["gates"].arrays[f"gradient:{PATH}"])

    np.testing.assert_array_equal(lengths(True), lengths(False))
    assert lengths(True).all()


def test_what_fills_up_gets_no_gradient_and_two_directions_are_left_out() -> None:
    reviews: dict[str, Any] = {
        "dataset": {"kind": "reviews", "samples": 100},
        "task": {"kind": "classification"},
        "networks": {"main": {"layers": [{"kind": "embedding"}, {"kind": "gru", "units": 4}, {"kind": "last_step"}]}},
        "loss": {"kind": "bce_with_logits"},
    }
    path = "/networks/main/layers/1"
    look, frames = looked_at(reviews)
    lengths = values(frames["gates"].arrays[f"gradient:{path}"])
    shown = look.samples.prepared.padding[frames["states"].about["samples"]]
    assert (lengths[shown.all(0)] == 0).all()
    assert lengths[0] > 0
    reviews["networks"]["main"]["layers"][1]["bidirectional"] = True
    assert looked_at(reviews)[1]["gates"].arrays == {}
