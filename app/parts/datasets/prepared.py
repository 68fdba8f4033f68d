"""A dataset made ready for training: drawn, mislabelled as asked, split, encoded and standardised."""

from dataclasses import dataclass

import numpy as np

from app.parts.datasets.balance import even_order
from app.parts.datasets.dataset import Array, Dataset
from app.parts.datasets.labelled import Labelled
from app.parts.shapes import Choice, Classes, Tokens
from app.parts.tokenizers.learned import Learned

# Streams of randomness: each use has its own, so that a setting of one never moves another.
DRAW, SPLIT, LABELS = 1, 2, 3
SMALLEST_SPREAD = 1e-7  # of the size of its mean; a column that varies less never changes, and is left as it is


@dataclass(frozen=True)
class Prepared:
    """All samples in the order drawn. `inputs` (n, ...) as the shape of the inputs says; `targets` (n,) or
    (n, …) int64 class numbers, or (n, k) float32."""

    raw: Array  # NaN where a table has an empty cell
    inputs: Array
    targets: Array
    mislabelled: Array  # (n,) bool
    train: Array  # row numbers, ascending
    validation: Array
    test: Array
    mean: Array  # of the encoded inputs, over the training samples; 0 where not standardised
    spread: Array  # standard deviation; 1 where not standardised
    filling: Array  # what stands in for a missing input, measured on the training samples
    padding: Array  # (n, places) bool: which tokens only fill up; (n, 0) where none do
    unit: Array  # (2,): a number to be told counts in the second from the first
    moments: Array  # of a series with dates, the days of its values since the first date; (0,) where there are none
    tokenizer: (
        Array  # what a tokenizer has learned, see `Dataset.learned_tokens`; (0,) where there was nothing to learn
    )

    @property
    def held_back(self) -> Array:
        """The rows that validate; those of training where none do."""
        return self.validation if len(self.validation) else self.train

    @property
    def learned(self) -> Learned | None:
        """What a tokenizer has learned, if there was something to learn."""
        return Learned.of(self.tokenizer) if len(self.tokenizer) else None

    def vocabulary(self, dataset: Dataset) -> list[str]:
        """How each token is written; empty where inputs are no tokens. Where fewer were learned than there may be, the
        others are written as nothing.
        """
        learned, inputs = self.learned, dataset.inputs()
        if learned is None or not isinstance(inputs, Tokens):
            return dataset.vocabulary()
        return [*learned.tokens, *[""] * (inputs.vocabulary - len(learned.tokens))]

    def encoded(self, dataset: Dataset, raw: Array) -> Array:
        """Network inputs for raw samples that are not part of the set (a grid, a pointer, a drawing)."""
        return ((self.filled(dataset, raw) - self.mean) / self.spread).astype(dataset.inputs().dtype)

    def filled(self, dataset: Dataset, raw: Array) -> Array:
        """Encoded samples before standardising, nothing missing any more."""
        return _filled(dataset.encode(raw), self.filling)


def prepare(dataset: Dataset, loaded: tuple[Array, Array] | None) -> Prepared:
    """The same dataset document always gives the same arrays."""
    raw, targets = dataset.draw(np.random.default_rng([dataset.seed, DRAW]), loaded)
    order = _order(targets, dataset)
    mislabelled = np.zeros(len(raw), bool)
    if isinstance(dataset, Labelled):
        targets, mislabelled = _mislabel(targets.astype(np.int64), dataset)
    elif isinstance(dataset.target(), Choice):
        targets = targets.astype(np.int64, copy=False)
    else:
        targets = targets.astype(np.float32).reshape(len(raw), -1)
    _, validations, tests = dataset.split_sizes()
    test, validation, train = (np.sort(rows) for rows in np.split(order, [tests, tests + validations]))
    encoded = dataset.encode(raw)
    filling = dataset.filling(encoded[train])
    if filling is None:
        filling = np.zeros(encoded.shape[1:], encoded.dtype)
    else:
        encoded = _filled(encoded, filling)
    mean, spread = _scale(encoded[train], dataset)
    scaled = (encoded - mean) / spread if dataset.standardize else encoded
    learned, moments = dataset.learned_tokens(loaded), dataset.moments(loaded)
    return Prepared(
        raw=raw,
        inputs=scaled.astype(dataset.inputs().dtype, copy=False),
        targets=targets,
        mislabelled=mislabelled,
        train=train,
        validation=validation,
        test=test,
        mean=mean,
        spread=spread,
        filling=filling,
        padding=padding_of(dataset, encoded),
        unit=np.array(dataset.unit_of_target(loaded), np.float64),
        moments=np.zeros(0) if moments is None else moments,
        tokenizer=np.zeros(0, np.uint8) if learned is None else learned,
    )


def padding_of(dataset: Dataset, encoded: Array) -> Array:
    """Which tokens of encoded samples (n, places) only fill up; (n, 0) where none do."""
    return encoded == 0 if dataset.pads else np.zeros((len(encoded), 0), bool)


def _order(targets: Array, dataset: Dataset) -> Array:
    """Row numbers to be split, those that test first. What follows one another is split in its order; of the rest each
    split is even over the true classes, so that a small set does not test on one class alone; but what is kept apart
    is not learned from."""
    if dataset.in_order:
        return np.arange(len(targets))[::-1]
    random = np.random.default_rng([dataset.seed, SPLIT])
    order = even_order(random, targets) if isinstance(dataset.target(), Classes) else random.permutation(len(targets))
    apart = dataset.kept_apart(targets)[order]
    if not apart.any():
        return order
    _, validations, tests = dataset.split_sizes()
    others = order[~apart]
    held = max(validations + tests - int(apart.sum()), 0)  # of the others, as many as there is room for
    kept = np.concatenate([order[apart], others[:held]])
    return np.concatenate([kept[even_order(random, dataset.kept_apart(targets)[kept])], others[held:]])


def _mislabel(targets: Array, dataset: Labelled) -> tuple[Array, Array]:
    """Exactly the asked share is wrong, and what is wrong at a small share is so at a larger one too."""
    random = np.random.default_rng([dataset.seed, LABELS])
    chosen = random.permutation(len(targets))[: round(len(targets) * dataset.label_noise)]
    classes = dataset.target().count
    others = (targets + random.integers(1, max(classes, 2), len(targets))) % classes
    wrong = np.isin(np.arange(len(targets)), chosen)
    return np.where(wrong, others, targets), wrong


def _filled(encoded: Array, filling: Array) -> Array:
    return np.where(np.isnan(encoded), filling, encoded)


def _scale(encoded: Array, dataset: Dataset) -> tuple[Array, Array]:
    if not dataset.standardize:  # of the samples' own kind, so that many pictures in float32 are not doubled
        return np.zeros(encoded.shape[1:], encoded.dtype), np.ones(encoded.shape[1:], encoded.dtype)
    axis = None if dataset.alike else 0
    found = (take(encoded, axis=axis, dtype=np.float64) for take in (np.mean, np.std))
    mean, spread = (np.full(encoded.shape[1:], values, encoded.dtype) for values in found)
    constant = spread <= SMALLEST_SPREAD * np.abs(mean)
    return mean, np.where(constant, encoded.dtype.type(1), spread)
