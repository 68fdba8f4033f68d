"""What every task computes whose one network answers each sample, and whose loss compares that with a target."""

from abc import abstractmethod
from functools import cached_property

import torch
from torch import Tensor

from app.parts.datasets.prepared import Array
from app.training.data.batch import Batch, X, counted, place_by_place, targets_of
from app.training.tasks.work import Move, Networks, Tally, Work

LEAST_WEIGHT = 1e-12  # so that a batch of nothing but padding has a loss of 0


class Supervised(Work):
    """`answer` is (b, k) or (b, k, h, w); `truth` is what `truth` makes of the targets, for metrics and for people."""

    def step(self, networks: Networks, batch: Batch, move: Move) -> dict[str, float]:
        return {"loss": move(("main",), lambda: self.loss(self.answer(networks, batch), batch))}

    def answer(self, networks: Networks, batch: Batch) -> Tensor:
        x, network = batch.inputs[X], networks["main"]
        if len(batch.inputs) == 1:
            return network(x)
        return network(x, **{name: side for name, side in batch.inputs.items() if name != X})

    def tally(self) -> Tally:
        return Collecting(self)

    def loss(self, answer: Tensor, batch: Batch) -> Tensor:
        """The mean loss of the samples that count, or of their places: of all in the batch together."""
        if batch.weight is None:
            return self.criterion(answer, batch.targets)
        return _mean(self._apart(answer, batch), batch.weight)

    def losses(self, answer: Tensor, batch: Batch) -> Tensor:
        """The loss of each sample (b,), the mean of its places that count."""
        losses, weight = self._apart(answer, batch), batch.weight
        return losses if losses.ndim == 1 or weight is None else torch.vmap(_mean)(losses, weight)

    def _apart(self, answer: Tensor, batch: Batch) -> Tensor:
        """The losses of samples (b,), or of their places (b, places) where each has a weight: each as a batch of its
        own, which any loss understands."""
        weight = batch.weight
        if weight is not None and weight.ndim > 1:
            return self._apart(*place_by_place(answer, batch)).view_as(weight)
        return torch.vmap(self.criterion)(answer[:, None], targets_of(batch)[:, None])

    @abstractmethod
    def truth(self, targets: Tensor) -> Array:
        """Class numbers (n,) or (n, h, w), or numbers (n, k), of targets as the loss wants them."""

    @abstractmethod
    def measured(self, answer: Tensor, truth: Array) -> tuple[dict[str, float], Array | None]:
        """All metrics of the task but the loss, and counts (true class, predicted class) where there are classes."""

    @abstractmethod
    def learned(self, metrics: dict[str, float], truth: Array) -> bool:
        """Whether these metrics are better than those of an answer that ignores the input."""

    def holds(self, metrics: dict[str, float], truth: Array) -> bool:
        """The same beyond what chance makes of so few samples."""
        return self.learned(metrics, truth)


class Collecting(Tally):
    """Keeps answers and targets until they are asked for: for metrics that need all of a split at once."""

    def __init__(self, work: Supervised) -> None:
        self._work = work
        self._answers: list[Tensor] = []
        self._targets: list[Tensor] = []
        self._weights: list[Tensor] = []

    def add(self, answer: Tensor, batch: Batch) -> None:
        answer, batch = counted(answer, batch)
        if batch.weight is not None:
            self._weights.append(batch.weight)
        self._answers.append(answer)
        self._targets.append(targets_of(batch))

    def metrics(self) -> dict[str, float]:
        return self._found[1]

    def confusion(self) -> Array | None:
        return self._found[2]

    def learned(self) -> bool:
        truth, metrics, _ = self._found
        return self._work.learned(metrics, truth)

    def holds(self) -> bool:
        truth, metrics, _ = self._found
        return self._work.holds(metrics, truth)

    @cached_property
    def _found(self) -> tuple[Array, dict[str, float], Array | None]:
        """The truth, the metrics and the confusion."""
        answer, batch = self._whole()
        truth = self._work.truth(targets_of(batch))
        metrics, counts = self._work.measured(answer, truth)
        return truth, {"loss": self._work.loss(answer, batch).item()} | metrics, counts

    def _whole(self) -> tuple[Tensor, Batch]:
        """All that was added, in one piece."""
        for pieces in (self._answers, self._targets, self._weights):
            if len(pieces) > 1:
                pieces[:] = [torch.cat(pieces)]
        weight = self._weights[0] if self._weights else None
        return self._answers[0], Batch({}, self._targets[0], weight, len(self._answers[0]))


def _mean(losses: Tensor, weight: Tensor) -> Tensor:
    """The mean of losses by their weight (any shape, the same); 0 where none counts."""
    return (losses * weight).sum() / weight.sum().clamp(min=LEAST_WEIGHT)
