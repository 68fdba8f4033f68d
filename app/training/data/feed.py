"""The order in which training visits its samples, and the batches that come of it."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import torch
from torch import Tensor

from app.experiment.experiment import Experiment
from app.parts.datasets.prepared import Array
from app.parts.layers.over_time import PADDING
from app.training.data.augmenting import Augmenting, augmenting_of
from app.training.data.batch import Batch, Samples, X
from app.training.data.samples import ArraySamples

TRAIN = "train"
MOST_COPIED = 1 << 26  # bytes of samples that are copied into the order of an epoch; of more, each batch is gathered
ORDER = 11  # stream of randomness for the order of batches
# So many samples at random are sorted by length, and so many of like length stay together. Of no batch size: it may
# change while it trains.
POOL, ALIKE = 1024, 64


class Order:
    """Which samples come when: a pure function of the seed and of how many were seen. `batch_size` may change at any
    step and divides the rest of the epoch anew. With `lengths` (count,), those of like length come together."""

    def __init__(self, seed: int, count: int, batch_size: int, lengths: Array | None = None) -> None:
        self.seed = seed
        self.count = count  # samples in one epoch
        self.batch_size = batch_size
        self.samples_seen = 0
        self._lengths = lengths

    @property
    def epoch(self) -> float:
        """Samples seen / training samples."""
        return self.samples_seen / self.count

    @property
    def steps_per_epoch(self) -> int:
        """Steps of one pass at the present batch size."""
        return -(-self.count // self.batch_size)

    @property
    def at_epoch_end(self) -> bool:
        """Whether a pass has just ended, or none has begun."""
        return self.samples_seen % self.count == 0

    def of(self, epoch: int) -> Array:
        """The rows (count,) in the order in which epoch `epoch`, from 0, visits them."""
        random = np.random.default_rng([self.seed, ORDER, epoch])
        rows = random.permutation(self.count)
        if self._lengths is None:
            return rows
        pools = np.split(rows, range(POOL, self.count, POOL))
        rows = np.concatenate([pool[np.argsort(self._lengths[pool], kind="stable")] for pool in pools])
        whole = self.count // ALIKE * ALIKE
        return np.concatenate([*random.permutation(rows[:whole].reshape(-1, ALIKE)), rows[whole:]])

    def steps_to_epoch_end(self) -> int:
        """How many steps until the pass that has begun (or begins now) is over."""
        left = self.count - self.samples_seen % self.count
        return -(-left // self.batch_size)

    def steps_left(self, epochs: int) -> int:
        """Steps until so many epochs are over, at the present batch size."""
        left = epochs * self.count - self.samples_seen
        if left <= 0:
            return 0
        whole = (left - 1) // self.count  # epochs behind the one that has begun
        return self.steps_to_epoch_end() + whole * self.steps_per_epoch

    def seen_after(self, steps: int) -> Array:
        """How many samples will have been seen after each of the next steps: (steps,)."""
        begun, per_epoch = self.samples_seen % self.count, self.steps_per_epoch
        later = np.arange(steps) - self.steps_to_epoch_end()  # steps of later epochs, from 0
        whole, within = np.divmod(later, per_epoch)
        whole = self.count * (whole + 1) + np.minimum((within + 1) * self.batch_size, self.count)
        first = np.minimum(begun + np.arange(1, steps + 1) * self.batch_size, self.count)
        return self.samples_seen - begun + np.where(later < 0, first, whole)

    def state(self) -> dict[str, Any]:
        """What a checkpoint keeps."""
        return {"samples_seen": self.samples_seen, "batch_size": self.batch_size}

    def restore(self, state: dict[str, Any]) -> None:
        """Goes on from a `state`."""
        self.samples_seen, self.batch_size = state["samples_seen"], state["batch_size"]


class Feed:
    """The batches to learn from, one after another, as augmentation makes them."""

    def __init__(
        self,
        samples: Samples,
        order: Order,
        augment: Augmenting | None = None,
        shorten: Callable[[Batch], Batch] | None = None,
    ) -> None:
        self.order = order
        self._samples = samples
        self._augment = augment
        self._shorten = shorten
        self._whole = samples.whole(TRAIN)
        self._shuffled = -1  # the epoch whose order the two below are in
        self._rows: Array = np.empty(0, np.int64)
        self._copies = self._whole is not None and self._whole.bytes <= MOST_COPIED
        self._epoch = self._whole if self._copies else None

    @property
    def whole(self) -> Batch | None:
        """All that there is to learn from, before augmentation; None for a stream."""
        return self._whole

    def batch(self, step: int) -> Batch:
        """The batch that the step after `step` steps will use; the same as often as it is asked for."""
        order = self.order
        epoch, offset = divmod(order.samples_seen, order.count)
        if epoch != self._shuffled:
            self._shuffle(epoch)
        end = min(offset + order.batch_size, order.count)
        if self._epoch is None:
            batch = self._samples.batch(TRAIN, self._rows[offset:end])
        else:
            batch = self._epoch.part(offset, end)
        batch = self._shorten(batch) if self._shorten else batch
        return self._augment.batch(batch, step) if self._augment else batch

    def took(self, batch: Batch) -> None:
        """Goes on behind a batch that was learned from."""
        self.order.samples_seen += batch.size

    def _shuffle(self, epoch: int) -> None:
        self._rows, self._shuffled = self.order.of(epoch), epoch
        if self._whole is not None and self._copies:
            rows = torch.from_numpy(self._rows)
            self._epoch = self._whole.each(lambda tensor: tensor[rows], self._whole.size)


def samples_in_step(experiment: Experiment) -> int:
    """How many samples one step takes: its batches together."""
    return experiment.training.batch_size * experiment.task.turns()


def feed_of(experiment: Experiment, samples: ArraySamples) -> Feed:
    """What an experiment learns from, from its beginning."""
    alike = experiment.training.like_length
    lengths = (~samples.whole(TRAIN).inputs[PADDING]).sum(1).numpy() if alike else None
    order = Order(experiment.seed, samples.count(TRAIN), samples_in_step(experiment), lengths)
    shorten = partial(shortened, at_own_places=experiment.task.at_own_places) if alike else None
    return Feed(samples, order, augmenting_of(experiment, samples), shorten)


def shortened(batch: Batch, at_own_places: bool) -> Batch:
    """A batch of padded samples (b, places), as long as its longest. What is given and learned at each place is cut
    with it, where these are the places of the samples."""
    padding = batch.inputs[PADDING]
    longest = max(int((~padding).sum(1).max()), 1)

    def cut(tensor: Tensor) -> Tensor:
        return tensor[:, :longest] if tensor.shape[:2] == padding.shape else tensor

    inputs = {
        name: cut(tensor) if at_own_places or name in (X, PADDING) else tensor for name, tensor in batch.inputs.items()
    }
    if batch.targets is None or batch.weight is None or batch.weight.dim() < 2 or not at_own_places:
        return batch._replace(inputs=inputs)
    return batch._replace(inputs=inputs, targets=cut(batch.targets), weight=cut(batch.weight))
