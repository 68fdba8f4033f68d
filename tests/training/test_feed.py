"""Batches come in an order that seed and epoch decide, from arrays and from streams alike; padding changes nothing."""

from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from app.experiment.check import checked
from app.parts.datasets.prepared import Array
from app.training.data.batch import Batch, Samples
from app.training.data.feed import Feed, Order, feed_of, shortened
from app.training.data.samples import samples_of
from app.training.recording.evaluating import Evaluator
from app.training.steppers.eager import EagerStepper
from app.training.tasks import WORK
from app.training.tasks.supervised import Supervised
from tests.training.documents import document
from tests.training.steppers import begin

NUMBERS = document(
    dataset={"kind": "plane", "samples": 200}, task={"kind": "regression"}, loss={"kind": "mse"}, networks={"main": {}}
)
FLOWERS = document(dataset={"kind": "iris"}, loss={"kind": "cross_entropy"})


class Stream:
    """The same samples as an array's, each batch made when it is asked for."""

    def __init__(self, samples: Samples) -> None:
        self._samples = samples

    def count(self, split: str) -> int:
        return self._samples.count(split)

    def batch(self, split: str, rows: Array) -> Batch:
        return self._samples.batch(split, rows)

    def whole(self, split: str) -> None:
        return None


class Padded(Stream):
    """Two more rows in every batch, of nonsense and of no weight."""

    def batch(self, split: str, rows: Array) -> Batch:
        batch = super().batch(split, rows)
        wild = batch.each(
            lambda tensor: torch.cat([tensor, torch.full_like(tensor[:2], 1 if tensor.dim() == 1 else 77)]), len(rows)
        )
        return wild._replace(weight=torch.tensor([1.0] * len(rows) + [0.0, 0.0]))


class Windows:
    """Windows of a long text, which never lie in memory all at once."""

    def __init__(self, text: bytes, length: int) -> None:
        self._text = torch.frombuffer(bytearray(text), dtype=torch.uint8)
        self._length = length

    def count(self, split: str) -> int:
        return len(self._text) - self._length if split == "train" else 0

    def batch(self, split: str, rows: Array) -> Batch:
        places = torch.from_numpy(rows)[:, None] + torch.arange(self._length + 1)
        windows = self._text[places].long()
        return Batch({"x": windows[:, :-1]}, windows[:, 1:], None, len(rows))

    def whole(self, split: str) -> None:
        return None


def test_every_epoch_visits_each_sample_once_in_an_order_of_its_own() -> None:
    order = Order(seed=3, count=50, batch_size=8)
    first, second = order.of(0), order.of(1)
    assert sorted(first) == sorted(second) == list(range(50))
    assert not np.array_equal(first, second)
    assert np.array_equal(first, Order(seed=3, count=50, batch_size=5).of(0))
    assert not np.array_equal(first, Order(seed=4, count=50, batch_size=8).of(0))


def test_steps_are_counted_by_what_is_left_of_the_epoch() -> None:
    order = Order(seed=0, count=50, batch_size=8)
    assert (order.steps_per_epoch, order.steps_to_epoch_end(), order.steps_left(2)) == (7, 7, 14)
    order.samples_seen = 48
    order.batch_size = 10
    assert (order.steps_to_epoch_end(), order.steps_left(2), order.at_epoch_end) == (1, 6, False)
    order.samples_seen = 100
    assert (order.steps_left(2), order.at_epoch_end, order.epoch) == (0, True, 2.0)


def losses(changed: dict[str, Any], wrap: type[Stream]) -> tuple[list[float], dict[str, float], dict[str, Tensor]]:
    """Losses of 30 steps, metrics and weights, where the samples come by a stream."""
    experiment = checked(changed)
    samples = wrap(samples_of(experiment))
    work = WORK[experiment.task.kind](experiment)
    order = Order(experiment.seed, samples.count("train"), experiment.training.batch_size)
    stepper = EagerStepper(experiment, Feed(samples, order), work)
    found = stepper.advance(30).losses["loss"].tolist()
    metrics = Evaluator(experiment, samples, work).evaluate(stepper.averaged).metrics
    return found, metrics, stepper.networks["main"].state_dict()


@pytest.mark.parametrize("changed", [document(), FLOWERS, NUMBERS], ids=["one output", "classes", "numbers"])
def test_a_stream_teaches_what_arrays_teach(changed: dict[str, Any]) -> None:
    found, metrics, weights = losses(changed, Stream)
    ours = begin(changed)
    assert ours.losses(30).tolist() == found
    for name, tensor in ours.network.state_dict().items():
        assert torch.equal(tensor, weights[name])
    evaluator = Evaluator(checked(changed), ours.samples, ours.work)
    assert evaluator.evaluate(ours.stepper.averaged).metrics == metrics


@pytest.mark.parametrize("changed", [document(), FLOWERS, NUMBERS], ids=["one output", "classes", "numbers"])
def test_padding_changes_no_loss_no_weight_and_no_metric(changed: dict[str, Any]) -> None:
    expected, padded = losses(changed, Stream), losses(changed, Padded)
    np.testing.assert_allclose(padded[0], expected[0], rtol=1e-4)
    assert padded[1] == pytest.approx(expected[1], rel=1e-4)
    for name, tensor in expected[2].items():
        torch.testing.assert_close(padded[2][name], tensor, rtol=1e-3, atol=1e-5)


READING = [{"kind": "embedding", "width": 4}, {"kind": "lstm", "units": 5}]
BLOCK = {"kind": "transformer_block", "heads": 2, "feedforward": 8}
TEXTS = {
    "a class for each text": document(
        dataset={"kind": "reviews", "samples": 300},
        networks={"main": {"layers": [*READING, {"kind": "mean_over_time"}]}},
        loss={"kind": "cross_entropy"},
    ),
    "a token at each place": document(
        dataset={"kind": "puzzles", "samples": 300, "puzzle": "reverse"},
        task={"kind": "tagging"},
        networks={"main": {"layers": [*READING[:1], BLOCK]}},
        loss={"kind": "cross_entropy"},
    ),
    "blanks": document(
        dataset={"kind": "reviews", "samples": 300},
        task={"kind": "masked_language_model"},
        networks={"main": {"layers": [*READING[:1], BLOCK]}},
        loss={"kind": "cross_entropy"},
    ),
    "another text": document(
        dataset={"kind": "numbers_in_words", "samples": 300},
        task={"kind": "translation", "memory": 8},
        networks={
            "encoder": {"layers": [*READING[:1], {"kind": "gru", "units": 4, "bidirectional": True}]},
            "decoder": {"layers": [*READING, {"kind": "cross_attention", "heads": 1}]},
        },
        loss={"kind": "cross_entropy"},
    ),
}


def test_what_is_of_like_length_comes_together_and_everything_once_an_epoch() -> None:
    lengths = np.random.default_rng(0).integers(1, 50, 2500)
    order = Order(3, len(lengths), 32, lengths)
    first, second = order.of(0), order.of(1)
    assert sorted(first) == sorted(second) == list(range(2500))
    assert not np.array_equal(first, second)
    assert np.array_equal(first, Order(3, len(lengths), 8, lengths).of(0))

    def filled(rows: Array) -> float:
        """Places of an epoch whose batches are as long as their longest."""
        return sum(int(lengths[rows[at : at + 32]].max()) * 32 for at in range(0, len(rows), 32))

    assert lengths.sum() < filled(first) < 1.2 * lengths.sum()
    assert filled(Order(3, len(lengths), 32).of(0)) > 1.8 * lengths.sum()


@pytest.mark.parametrize("name", TEXTS)
def test_a_batch_that_is_cut_to_its_longest_teaches_the_same(name: str) -> None:
    experiment = checked(TEXTS[name] | {"training": {"batch_size": 8, "like_length": True}})
    samples = samples_of(experiment)
    work, feed = WORK[experiment.task.kind](experiment), feed_of(experiment, samples)
    assert isinstance(work, Supervised)
    networks = EagerStepper(experiment, feed, work).networks
    lengths = (~samples.whole("train").inputs["padding"]).sum(1)
    short = samples.batch("train", lengths.argsort()[:8].numpy())
    cut = shortened(short, experiment.task.at_own_places)
    assert cut.inputs["x"].shape[1] == cut.inputs["padding"].shape[1] == lengths.sort().values[7]
    assert cut.inputs["x"].shape[1] < short.inputs["x"].shape[1]
    gradients = []
    for batch in (short, cut):
        loss = work.loss(work.answer(networks, batch), batch)
        parameters = [parameter for network in networks.values() for parameter in network.parameters()]
        gradients.append((loss, *torch.autograd.grad(loss, parameters)))
    for mine, its in zip(*gradients, strict=True):
        torch.testing.assert_close(mine, its, rtol=1e-5, atol=1e-6)
    rows = feed.order.of(0)[:8]
    assert feed.batch(0).inputs["x"].shape == (8, lengths[rows].max())


def test_windows_of_a_text_are_cut_when_they_are_asked_for() -> None:
    text = bytes(range(256)) * 400  # a hundred thousand windows
    windows = Windows(text, 16)
    assert isinstance(windows, Samples)
    feed = Feed(windows, Order(seed=1, count=windows.count("train"), batch_size=4))
    batch = feed.batch(0)
    rows = feed.order.of(0)[:4]
    assert batch.inputs["x"].tolist() == [list(text[row : row + 16]) for row in rows]
    assert batch.targets is not None
    assert batch.targets.tolist() == [list(text[row + 1 : row + 17]) for row in rows]
    assert torch.equal(feed.batch(0).inputs["x"], batch.inputs["x"])
    feed.took(batch)
    assert not torch.equal(feed.batch(1).inputs["x"], batch.inputs["x"])
