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
from app.parts.shapes import Features
from app.training.building import build

SPLITS = ("train", "validation", "test")
ORDER = 11  # stream of randomness for the order of batches


@dataclass(frozen=True)
class Samples:
    """All samples, ordered train, validation, test. `targets` are as the loss wants them, `truth` as metrics do."""

    prepared: Prepared
    inputs: Tensor  # (n, ...) float32
    targets: Tensor  # (n,) or (n, height, width) int64, or (n, k) or (n, k, height, width) float32
    truth: Array  # (n,) or (n, height, width) int64, or (n, k) float32
    bounds: dict[str, tuple[int, int]]  # rows of each split that has any


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


def samples_of(experiment: Experiment, data: Path | None = None) -> Samples:
    """The experiment's samples, ready to train on; `data` is the folder that own files stand below."""
    prepared = load(experiment.dataset, data)
    rows = [prepared.train, prepared.validation, prepared.test]
    ends = np.cumsum([0, *map(len, rows)])
    order = np.concatenate(rows)
    truth = prepared.targets[order]
    return Samples(
        prepared=prepared,
        inputs=torch.from_numpy(prepared.inputs[order]),
        targets=encoded_targets(truth, experiment.loss, experiment),
        truth=truth,
        bounds={
            name: (int(ends[number]), int(ends[number + 1]))
            for number, name in enumerate(SPLITS)
            if ends[number + 1] > ends[number]
        },
    )


def encoded_targets(truth: Array, loss: Loss, experiment: Experiment) -> Tensor:
    """Targets as the loss takes them, see `app.parts.losses.loss.Encoding`."""
    target = experiment.dataset.target()
    if isinstance(target, Features) or loss.encoding == "class_number":
        return torch.from_numpy(truth)
    outputs = loss.outputs(target)
    numbers = np.arange(outputs) if outputs > 1 else np.ones(1)
    hot = truth[:, None] == numbers.reshape(-1, *[1] * (truth.ndim - 1))
    return torch.from_numpy(hot.astype(np.float32) if loss.encoding == "zero_one" else hot * np.float32(2) - 1)


def order_of(seed: int, epoch: int, count: int) -> Any:
    """The order in which epoch `epoch` (from 0) visits its `count` samples: a pure function of seed and epoch."""
    return np.random.default_rng([seed, ORDER, epoch]).permutation(count)
