"""The samples of an experiment as tensors, once for a whole run."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from torch import Tensor

from app.experiment.experiment import Experiment
from app.parts.datasets.dataset import Dataset
from app.parts.datasets.prepared import Array, Prepared, prepare
from app.parts.losses.loss import Loss
from app.parts.problem import Problem
from app.parts.shapes import Choice, Shape
from app.training.building import build
from app.training.data.batch import Batch, X, targets_of

SPLITS = ("train", "validation", "test")


@dataclass(frozen=True)
class ArraySamples:
    """All samples in memory, ordered train, validation, test: `app.training.data.batch.Samples` over arrays.

    The targets of `all` are as the loss wants them, `truth` as people do.
    """

    prepared: Prepared
    all: Batch
    truth: Array | None  # (n, …) int64 class numbers, or float32; None where there is nothing to compare with
    bounds: dict[str, tuple[int, int]]  # rows of each split that has any

    @property
    def inputs(self) -> Tensor:
        """What is called `x` in batches: (n, …)."""
        return self.all.inputs[X]

    @property
    def targets(self) -> Tensor:
        """The targets (n, …) of a task that has them."""
        return targets_of(self.all)

    def count(self, split: str) -> int:
        first, last = self.bounds.get(split, (0, 0))
        return last - first

    def batch(self, split: str, rows: Array) -> Batch:
        return self.at(torch.from_numpy(rows + self.bounds[split][0]))

    def at(self, places: Tensor) -> Batch:
        """The samples at these places, counted over all splits."""
        return self.all.each(lambda values: values[places], len(places))

    def whole(self, split: str) -> Batch:
        return self.all.part(*self.bounds[split])


def load(dataset: Dataset, data: Path | None = None) -> Prepared:
    """The dataset's arrays. A library's set is read through its loader, one's own from the files below `data`."""
    source = dataset.source()
    if source is None:
        return prepare(dataset, None)
    if source.reads_files:
        try:
            return prepare(dataset, build(source, data))
        except Problem as problem:
            raise problem.at("/dataset") from None
    loaded: Any = build(source)
    if isinstance(loaded, np.ndarray):  # pictures alone; the dataset knows what they are
        return prepare(dataset, (cast("Array", loaded), np.empty(0)))
    return prepare(dataset, (np.asarray(loaded.data), np.asarray(loaded.target)))


def samples_of(experiment: Experiment, data: Path | None = None) -> ArraySamples:
    """The experiment's samples, ready to train on; `data` is the folder that own files stand below."""
    prepared = load(experiment.dataset, data)
    rows = [prepared.train, prepared.validation, prepared.test]
    ends = np.cumsum([0, *map(len, rows)])
    order = np.concatenate(rows)
    truth = experiment.task.truth(prepared)
    truth = None if truth is None else _ordered(truth, order)
    inputs = {
        name: torch.from_numpy(_ordered(values, order)) for name, values in experiment.task.inputs(prepared).items()
    }
    targets = None if truth is None else encoded_targets(truth, experiment.loss, experiment.target)
    weight = experiment.task.weight(prepared)
    return ArraySamples(
        prepared=prepared,
        all=Batch(inputs, targets, None if weight is None else torch.from_numpy(weight[order]), len(order)),
        truth=truth,
        bounds={
            name: (int(ends[number]), int(ends[number + 1]))
            for number, name in enumerate(SPLITS)
            if ends[number + 1] > ends[number]
        },
    )


def _ordered(values: Array, order: Array) -> Array:
    """The values in that order; not copied where it is theirs already, since windows may share their numbers."""
    return values if np.array_equal(order, np.arange(len(values))) else values[order]


def encoded_targets(truth: Array, loss: Loss, target: Shape) -> Tensor:
    """Targets as the loss takes them, see `app.parts.losses.loss.Encoding`."""
    if not isinstance(target, Choice) or loss.encoding == "class_number":
        return torch.from_numpy(truth)
    outputs = loss.at_each(target)
    numbers = np.arange(outputs) if outputs > 1 else np.ones(1)
    hot = truth[:, None] == numbers.reshape(-1, *[1] * (truth.ndim - 1))
    return torch.from_numpy(hot.astype(np.float32) if loss.encoding == "zero_one" else hot * np.float32(2) - 1)
