"""What counts at each place: a task of labels for tokens, whose padding changes nothing, and windows of a long text."""

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np
import pytest
import torch
from torch import Tensor

from app.experiment.check import checked
from app.experiment.experiment import Experiment
from app.parts.datasets.dataset import Array, Dataset
from app.parts.datasets.prepared import Prepared
from app.parts.layers.over_time import PADDING
from app.parts.shapes import Shape, Tokens
from app.parts.tasks.classification import Classification
from app.training.building import build_networks
from app.training.data.batch import Batch, X
from app.training.data.feed import Feed, Order, feed_of
from app.training.data.samples import ArraySamples, samples_of
from app.training.recording.evaluating import Evaluator
from app.training.steppers.eager import EagerStepper
from app.training.tasks.classification import ClassificationWork
from app.training.tasks.language_model import LanguageModelWork
from app.training.tasks.work import Networks
from tests.training.steppers import DullStepper

FIRST = 7  # tokens
READERS: list[list[dict[str, Any]]] = [
    [],
    [{"kind": "gru", "units": 6, "bidirectional": True}],
    [{"kind": "lstm", "units": 6}],
]


class Tagging(Classification):
    """In no list of the program. Says of each token of a review whether it is among the first of the vocabulary."""

    kind: Literal["tagging"] = "tagging"  # pyright: ignore[reportIncompatibleVariableOverride]
    learns: ClassVar[Any] = "target"

    def target(self, dataset: Dataset) -> Shape:
        return Tokens(length=dataset.inputs().sizes[0], vocabulary=2)

    def truth(self, prepared: Prepared) -> Array:
        return (prepared.inputs < FIRST).astype(np.int64)

    def weight(self, prepared: Prepared) -> Array:
        return (~prepared.padding).astype(np.float32)


class TaggingWork(ClassificationWork):
    """Answers are (b, k, places)."""

    def answer(self, networks: Networks, batch: Batch) -> Tensor:
        return super().answer(networks, batch).transpose(1, 2)


def tagging(readers: list[dict[str, Any]]) -> Experiment:
    plain = checked(
        {
            "dataset": {"kind": "reviews", "samples": 200},
            "task": {"kind": "classification"},
            "networks": {"main": {"layers": [{"kind": "embedding", "width": 8}, *readers, {"kind": "last_step"}]}},
            "loss": {"kind": "cross_entropy"},
            "optimizer": {"kind": "adam", "lr": 0.02},
        }
    )
    main = plain.networks["main"]
    keeping = main.model_copy(update={"layers": main.layers[:-1]})  # the sequence to its end
    return plain.model_copy(update={"task": Tagging(), "networks": {"main": keeping}})


def lengthened(batch: Batch, places: int) -> Batch:
    """The batch with so many more places at its end that only fill up, targets and all."""
    assert batch.targets is not None
    assert batch.weight is not None
    more = (0, places)
    pad = torch.nn.functional.pad
    inputs = {X: pad(batch.inputs[X], more), PADDING: pad(batch.inputs[PADDING], more, value=True)}
    return Batch(inputs, pad(batch.targets, more, value=1), pad(batch.weight, more), batch.size)


@pytest.mark.parametrize(
    "readers", READERS, ids=lambda readers: "-".join(layer["kind"] for layer in readers) or "no reader"
)
def test_padding_changes_no_answer_loss_gradient_or_metric(readers: list[dict[str, Any]]) -> None:
    experiment = tagging(readers)
    work = TaggingWork(experiment)
    batch = samples_of(experiment).whole("train").part(0, 9)
    found: list[Any] = []
    for given in (batch, lengthened(batch, 11)):
        networks = build_networks(experiment)
        answer = work.answer(networks, given)
        work.loss(answer, given).backward()
        gradients = [parameter.grad for parameter in networks["main"].parameters()]
        tally = work.tally()
        tally.add(answer.detach(), given)
        said = work.each(answer.detach(), given)
        assert given.weight is not None
        real = answer.detach().movedim(1, -1)[given.weight > 0]
        found.append((real, work.loss(answer, given).detach(), gradients, tally.metrics(), said.losses))
    (answers, loss, gradients, metrics, losses), longer = found
    torch.testing.assert_close(answers, longer[0], atol=1e-6, rtol=0)
    torch.testing.assert_close(loss, longer[1], atol=1e-6, rtol=0)
    torch.testing.assert_close(gradients, longer[2], atol=1e-6, rtol=0)
    assert metrics == pytest.approx(longer[3], abs=1e-6)
    np.testing.assert_allclose(losses, longer[4], atol=1e-6)


def test_the_loss_is_a_mean_over_places_that_count_however_they_lie_in_batches() -> None:
    experiment = tagging([])
    work = TaggingWork(experiment)
    networks, whole = build_networks(experiment), samples_of(experiment).whole("validation")
    assert whole.targets is not None
    assert whole.weight is not None
    with torch.no_grad():
        answer = work.answer(networks, whole)
        apart = torch.nn.functional.cross_entropy(answer, whole.targets, reduction="none")[whole.weight > 0]
        assert work.loss(answer, whole).item() == pytest.approx(apart.mean().item(), abs=1e-6)
        tally = work.tally()
        for first in range(0, whole.size, 7):
            part = whole.part(first, first + 7)
            tally.add(work.answer(networks, part), part)
    assert tally.metrics()["loss"] == pytest.approx(apart.mean().item(), abs=1e-6)
    nothing = whole._replace(weight=torch.zeros_like(whole.weight))
    assert work.loss(answer, nothing).item() == 0


def test_tags_are_learned_as_plain_pytorch_learns_them() -> None:
    experiment = tagging([])
    told: list[Any] = []
    for kind in (EagerStepper, DullStepper):
        feed = feed_of(experiment, samples_of(experiment))
        stepper = kind(experiment, feed, TaggingWork(experiment))
        told.append((stepper.advance(60).losses["loss"], stepper))
    np.testing.assert_array_equal(told[0][0], told[1][0])
    found = Evaluator(experiment, samples_of(experiment), TaggingWork(experiment)).evaluate(told[0][1].networks)
    assert found.metrics["validation_accuracy"] > 0.99
    assert found.learned


@dataclass(frozen=True)
class Windows:
    """`Samples` over one long text: a window is cut out when it is asked for, and none is kept."""

    text: Tensor  # (n,) of the smallest type that holds its tokens
    window: int
    bounds: dict[str, tuple[int, int]]  # tokens of each split

    def count(self, split: str) -> int:
        first, last = self.bounds.get(split, (0, 0))
        return max((last - first - 1) // self.window, 0)

    def batch(self, split: str, rows: Array) -> Batch:
        first = self.bounds[split][0] + torch.from_numpy(rows)[:, None] * self.window
        tokens = self.text[first + torch.arange(self.window + 1)].long()
        return Batch({X: tokens[:, :-1]}, tokens[:, 1:], None, len(rows))

    def whole(self, split: str) -> None:
        return None


@pytest.fixture
def stories() -> Experiment:
    return checked(
        {
            "dataset": {"kind": "stories", "samples": 100, "window": 16},
            "task": {"kind": "language_model"},
            "networks": {"main": {"layers": [{"kind": "embedding", "width": 8}, {"kind": "gru", "units": 8}]}},
            "loss": {"kind": "cross_entropy"},
            "training": {"batch_size": 8},
        }
    )


def windows_of(samples: ArraySamples, window: int) -> Windows:
    """The same text as `samples` has in windows, in one piece; a split's last target is its own."""
    text = torch.cat([samples.inputs.flatten(), samples.targets.flatten()[-1:]])
    bounds = {name: (first * window, last * window + 1) for name, (first, last) in samples.bounds.items()}
    return Windows(text.to(torch.uint8), window, bounds)


def test_windows_of_a_long_text_are_learned_from_as_arrays_are(stories: Experiment) -> None:
    arrays = samples_of(stories)
    windows = windows_of(arrays, 16)
    assert {split: windows.count(split) for split in arrays.bounds} == {
        split: arrays.count(split) for split in arrays.bounds
    }
    told: list[Any] = []
    for samples in (arrays, windows):
        work = LanguageModelWork(stories)
        stepper = EagerStepper(stories, Feed(samples, Order(stories.seed, samples.count("train"), 8)), work)
        losses = stepper.advance(30).losses["loss"]
        told.append((losses, Evaluator(stories, samples, work).evaluate(stepper.networks).metrics))
    np.testing.assert_array_equal(told[0][0], told[1][0])
    assert told[0][1] == told[1][1]


def test_a_text_of_ten_megabytes_takes_ten_megabytes() -> None:
    text = torch.randint(0, 80, (10_000_000,), dtype=torch.uint8)
    windows = Windows(text, 64, {"train": (0, 9_000_000), "validation": (9_000_000, 10_000_000)})
    feed = Feed(windows, Order(0, windows.count("train"), 32))
    assert windows.count("train") == 140_624
    for step in range(200):
        batch = feed.batch(step)
        assert batch.targets is not None
        assert torch.equal(batch.inputs[X][:, 1:], batch.targets[:, :-1])
        feed.took(batch)
    last = windows.batch("train", np.array([windows.count("train") - 1]))
    assert last.targets is not None
    assert torch.equal(last.targets[0], text[8_999_873:8_999_937].long())
