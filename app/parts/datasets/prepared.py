"""A dataset made ready for training: drawn, mislabelled as asked, split, encoded and standardised."""

from dataclasses import dataclass

import numpy as np

from app.parts.datasets.dataset import Array, Dataset
from app.parts.shapes import Classes

# Streams of randomness: each use has its own, so that a setting of one never moves another.
DRAW, SPLIT, LABELS = 1, 2, 3
SMALLEST_SPREAD = 1e-7  # a column that never changes is left as it is


@dataclass(frozen=True)
class Prepared:
    """All samples in the order drawn. `inputs` (n, ...) float32; `targets` (n,) int64 or (n, k) float32."""

    raw: Array
    inputs: Array
    targets: Array
    mislabelled: Array  # (n,) bool
    train: Array  # row numbers, ascending
    validation: Array
    test: Array
    mean: Array  # of the encoded inputs, over the training samples; 0 where not standardised
    spread: Array  # standard deviation; 1 where not standardised

    def encoded(self, dataset: Dataset, raw: Array) -> Array:
        """Network inputs, float32, for raw samples that are not part of the set (a grid, a pointer, a drawing)."""
        return ((dataset.encode(raw) - self.mean) / self.spread).astype(np.float32)


def prepare(dataset: Dataset, loaded: tuple[Array, Array] | None) -> Prepared:
    """The same dataset document always gives the same arrays."""
    raw, targets = dataset.draw(np.random.default_rng([dataset.seed, DRAW]), loaded)
    target = dataset.target()
    mislabelled = np.zeros(len(raw), bool)
    if isinstance(target, Classes):
        targets, mislabelled = _mislabel(targets.astype(np.int64), target.count, dataset)
    else:
        targets = targets.astype(np.float32).reshape(len(raw), -1)
    train, validation, test = _split(len(raw), dataset)
    encoded = dataset.encode(raw)
    mean, spread = _scale(encoded[train], dataset.standardize)
    return Prepared(
        raw=raw,
        inputs=((encoded - mean) / spread).astype(np.float32),
        targets=targets,
        mislabelled=mislabelled,
        train=train,
        validation=validation,
        test=test,
        mean=mean,
        spread=spread,
    )


def _mislabel(targets: Array, classes: int, dataset: Dataset) -> tuple[Array, Array]:
    random = np.random.default_rng([dataset.seed, LABELS])
    wrong = random.random(len(targets)) < dataset.label_noise
    shift = random.integers(1, max(classes, 2), len(targets))
    return np.where(wrong, (targets + shift) % classes, targets), wrong


def _split(count: int, dataset: Dataset) -> tuple[Array, Array, Array]:
    order = np.random.default_rng([dataset.seed, SPLIT]).permutation(count)
    test = round(count * dataset.test / 100)
    validation = round(count * dataset.validation / 100)
    return (
        np.sort(order[test + validation :]),
        np.sort(order[test : test + validation]),
        np.sort(order[:test]),
    )


def _scale(encoded: Array, standardize: bool) -> tuple[Array, Array]:
    if not standardize:
        return np.zeros(encoded.shape[1:]), np.ones(encoded.shape[1:])
    spread = encoded.std(axis=0)
    return encoded.mean(axis=0), np.where(spread < SMALLEST_SPREAD, 1.0, spread)
