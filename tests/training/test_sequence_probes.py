"""What is seen of sequences: states, how a forecast goes on, what a language model writes and what surprises it."""

from typing import Any

import numpy as np
import pytest
import torch
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from app.parts.datasets.prepared import Array
from app.runs.frames import Quantised
from app.training.data.samples import SPLITS
from app.training.probes.look import Look
from app.training.probes.memory import MemoryWork
from app.training.probes.states import StatesWork
from tests.training.test_language_model import LSTM, stories
from tests.training.test_probes import looked_at, values

SERIES: dict[str, Any] = {
    "dataset": {"kind": "mackey_glass", "samples": 200, "window": 8},
    "task": {"kind": "forecasting"},
    "networks": {"main": {"layers": [{"kind": "gru", "units": 5, "gives": "last"}]}},
    "loss": {"kind": "mse"},
}
REVIEWS: dict[str, Any] = {
    "dataset": {"kind": "reviews", "samples": 100},
    "task": {"kind": "classification"},
    "loss": {"kind": "bce_with_logits"},
}


def test_states_are_those_of_every_place_even_where_only_the_last_leaves() -> None:
    look, frames = looked_at(SERIES)
    frame = frames["states"]
    assert frame.about["layers"] == ["/networks/main/layers/0"]
    shown = frame.arrays["states:/networks/main/layers/0"]
    module: Any = look.module("/networks/main/layers/0")
    x = torch.from_numpy(look.samples.prepared.inputs[frame.about["samples"]])
    with torch.no_grad():
        whole = torch.nn.GRU.forward(module, x.transpose(1, 2))[0]
    np.testing.assert_allclose(values(shown), whole.transpose(1, 2).numpy(), atol=1 / 127)
    assert not module.keeps
    assert module.kept is None


def test_states_of_what_fills_up_are_zero_and_without_recurrent_layers_there_are_none() -> None:
    layers = [{"kind": "embedding"}, {"kind": "lstm", "units": 4}, {"kind": "last_step"}]
    _, frames = looked_at({**REVIEWS, "networks": {"main": {"layers": layers}}})
    arrays = frames["states"].arrays
    shown, padding = values(arrays["states:/networks/main/layers/1"]), values(arrays["inputs"]) == 0
    assert padding.any()
    np.testing.assert_allclose(shown.transpose(0, 2, 1)[padding], 0, atol=1 / 255)
    layers = [{"kind": "embedding"}, {"kind": "mean_over_time"}]
    _, frames = looked_at({**REVIEWS, "networks": {"main": {"layers": layers}}})
    assert list(frames["states"].arrays) == ["inputs"]


def by_itself(module: Any, layer: int, x: torch.Tensor, counts: torch.Tensor | None) -> torch.Tensor:
    """What PyTorch's module of one layer makes of x (b, places, inputs), with the weights of that layer of `module`."""
    plain = {"LSTM": torch.nn.LSTM, "GRU": torch.nn.GRU}.get(module.mode, torch.nn.RNN)
    own: Any = plain(x.shape[2], module.hidden_size, batch_first=True, bidirectional=module.bidirectional)
    own.load_state_dict({name: getattr(module, name.replace("_l0", f"_l{layer}")) for name in own.state_dict()})
    with torch.no_grad():
        if counts is None:
            return own(x)[0]
        packed = pack_padded_sequence(x, counts, batch_first=True, enforce_sorted=False)
        return pad_packed_sequence(own(packed)[0], batch_first=True, total_length=x.shape[1])[0]


@pytest.mark.parametrize("both", [False, True], ids=["one direction", "both directions"])
@pytest.mark.parametrize("kind", ["lstm", "gru", "rnn"])
@pytest.mark.parametrize("data", ["series", "texts"])
def test_states_of_lower_layers_are_those_of_their_weights_in_modules_of_their_own(
    data: str, kind: str, both: bool
) -> None:
    layer = {"kind": kind, "units": 5, "num_layers": 3, "bidirectional": both, "dropout": 0.5, "gives": "last"}
    begins = [{"kind": "embedding", "width": 4}] if data == "texts" else []
    changed = REVIEWS if data == "texts" else SERIES
    path = f"/networks/main/layers/{len(begins)}"
    look, frames = looked_at({**changed, "networks": {"main": {"layers": [*begins, layer]}}})
    module: Any = look.module(path)
    read = look.samples.prepared.inputs[frames["states"].about["samples"]]
    if data == "texts":
        x = look.networks["main"].get_submodule("layers.0")(torch.from_numpy(read)).detach()
        counts = torch.from_numpy((read != 0).sum(1)).clamp(min=1)
        assert len(set(counts.tolist())) > 1
    else:
        x, counts = torch.from_numpy(read).transpose(1, 2), None
    for number, name in enumerate([f"lower:{path}:l0", f"lower:{path}:l1", f"states:{path}"]):
        x = by_itself(module, number, x, counts)
        shown = frames["states"].arrays[name]
        assert isinstance(shown, Quantised)
        np.testing.assert_allclose(values(shown), x.transpose(1, 2).numpy(), atol=shown.high / 255 + 1e-6)
    assert frames["states"].about["layers"] == [path]


def test_looking_at_lower_layers_draws_no_random_numbers() -> None:
    look, _ = looked_at(
        {**SERIES, "networks": {"main": {"layers": [{"kind": "gru", "num_layers": 2, "gives": "last"}]}}}
    )
    work = StatesWork(look)
    before = torch.get_rng_state()
    with torch.no_grad():
        work.take()
    assert torch.equal(torch.get_rng_state(), before)


def test_a_forecast_goes_on_with_its_own_answers_only() -> None:
    look, frames = looked_at({**SERIES, "dataset": {**SERIES["dataset"], "standardize": True}})
    arrays, prepared = frames["continuation"].arrays, look.samples.prepared
    first = prepared.validation[0]
    np.testing.assert_allclose(values(arrays["past"]), prepared.raw[first, 0], rtol=1e-6)
    np.testing.assert_allclose(values(arrays["truth"]), prepared.targets[first : first + 40, 0], rtol=1e-6)
    assert set(values(arrays["last"])) == {prepared.raw[first, 0, -1]}
    series = values(arrays["past"]).tolist()
    own: list[float] = []
    with torch.no_grad():
        for _ in range(40):
            window = torch.tensor(series[-8:], dtype=torch.float32)
            x = (window - torch.from_numpy(prepared.mean[0])) / torch.from_numpy(prepared.spread[0])
            own.append(float(look.networks["main"](x[None, None])))
            series.append(own[-1])
    # each place of a window is standardised by itself, the network's own values by the last one: the same but for noise
    np.testing.assert_allclose(values(arrays["own"])[0], own[0], rtol=1e-5)
    np.testing.assert_allclose(values(arrays["own"]), own, atol=0.05)


def test_linear_regression_goes_on_with_waves_without_noise_for_ever() -> None:
    waves = {**SERIES, "dataset": {"kind": "sines", "samples": 400, "noise": 0.0}}
    _, frames = looked_at(waves)
    arrays = frames["continuation"].arrays
    np.testing.assert_allclose(values(arrays["linear"]), values(arrays["truth"]), atol=0.02)


def test_what_is_written_is_the_same_at_every_look_and_each_letter_has_its_loss() -> None:
    look, frames = looked_at(stories(LSTM))
    arrays = frames["written"].arrays
    letters = look.experiment.dataset.vocabulary()
    assert [letters[number] for number in values(arrays["prompt"])] == ["\n"]
    assert set(values(arrays["written"]).tolist()) <= set(range(len(letters)))
    again = looked_at(stories(LSTM))[1]["written"].arrays
    np.testing.assert_array_equal(values(arrays["written"]), values(again["written"]))
    batch = look.samples.batch(SPLITS[1], np.arange(3))
    with torch.no_grad():
        loss = look.work.loss(look.answer(batch), batch).item()  # pyright: ignore[reportAttributeAccessIssue]
    assert values(arrays["losses"]).mean() == pytest.approx(loss, rel=1e-5)
    np.testing.assert_array_equal(
        values(arrays["tokens"]), look.samples.prepared.targets[look.samples.prepared.validation[:3]]
    )


def test_memory_is_measured_by_how_far_back_the_first_number_lies(monkeypatch: pytest.MonkeyPatch) -> None:
    look, _ = looked_at(
        {
            "dataset": {"kind": "adding", "samples": 2000, "length": 40},
            "task": {"kind": "regression"},
            "networks": {"main": {"layers": [{"kind": "gru", "units": 4, "gives": "last"}]}},
            "loss": {"kind": "mse"},
        }
    )
    numbers, marks = look.samples.prepared.raw[look.samples.prepared.validation].transpose(1, 0, 2)
    truth, first = (numbers * marks).sum(axis=1), marks.argmax(axis=1)

    def explained(answers: Array) -> tuple[Array, Array]:
        told = torch.from_numpy(answers.astype(np.float32))[:, None]
        monkeypatch.setattr(Look, "answer", lambda *_: told)
        about, arrays = MemoryWork(look).take()
        assert about == {"readers": ["gru"]}
        return values(arrays["lags"]), values(arrays["explained"])

    assert explained(truth)[1] == pytest.approx(1)
    assert explained(np.full(len(truth), truth.mean()))[1].mean() == pytest.approx(0, abs=0.05)
    forgotten = truth - numbers[np.arange(len(truth)), first] + 0.5  # the second number is known, the first is not
    lags, shares = explained(np.where(39 - first >= 30, forgotten, truth))
    assert lags.tolist() == sorted(lags)
    assert shares[lags < 29] == pytest.approx(1)
    assert shares[lags > 31].mean() == pytest.approx(0.5, abs=0.15)
