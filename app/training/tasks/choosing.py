"""What every task that chooses one of several classes computes, for a sample or for each of its pixels."""

from abc import abstractmethod
from math import sqrt

import numpy as np
import torch
from torch import Tensor

from app.experiment.experiment import Experiment
from app.parts.datasets.prepared import Array
from app.parts.shapes import Choice
from app.training.data.batch import Batch, targets_of
from app.training.tasks.supervised import Supervised
from app.training.tasks.work import Each

CLEARLY = 0.01  # share of right answers above the most frequent class's that counts as learning


class ChoosingWork(Supervised):
    """`answer` are (n, k) or (n, k, h, w) scores, `truth` class numbers (n,) or (n, h, w)."""

    right: str  # the metric that is the share of right answers

    def __init__(self, experiment: Experiment) -> None:
        super().__init__(experiment)
        target = experiment.target
        if not isinstance(target, Choice):
            raise ValueError(f"Expected classes to choose from, but got {target}.")
        self.classes = target.count
        self.independent = experiment.loss.encoding != "class_number"

    def shown(self, answer: Tensor) -> Tensor:
        return torch.sigmoid(answer) if self.independent else torch.softmax(answer, dim=1)

    def probabilities(self, answer: Tensor) -> Tensor:
        """Those of all classes (n, classes, …), also where only the second has an output."""
        shown = self.shown(answer)
        return torch.cat([1 - shown, shown], dim=1) if shown.shape[1] == 1 else shown

    def chosen(self, answer: Tensor) -> Array:
        """The class chosen for each sample (n,) or pixel (n, h, w)."""
        return _largest(answer)

    def truth(self, targets: Tensor) -> Array:
        return _largest(targets) if self.independent else targets.numpy()

    def measured(self, answer: Tensor, truth: Array) -> tuple[dict[str, float], Array]:
        pairs = (truth * self.classes + self.chosen(answer)).ravel()
        counts = np.bincount(pairs, minlength=self.classes**2).reshape(self.classes, self.classes)
        return self.scores(counts), counts

    @abstractmethod
    def scores(self, counts: Array) -> dict[str, float]:
        """The metrics that the confusion (true class, predicted class) gives."""

    def learned(self, metrics: dict[str, float], truth: Array) -> bool:
        return metrics[self.right] > min(self._most_frequent(truth) + CLEARLY, 1 - 1e-9)

    def holds(self, metrics: dict[str, float], truth: Array) -> bool:
        most_frequent = self._most_frequent(truth)
        chance = 2 * sqrt(most_frequent * (1 - most_frequent) / truth.size)
        return metrics[self.right] > min(most_frequent + max(CLEARLY, chance), 1 - 1e-9)

    def _most_frequent(self, truth: Array) -> float:
        """The share of the most frequent class."""
        return float(np.bincount(truth.ravel(), minlength=self.classes).max() / truth.size)

    def each(self, answer: Tensor, batch: Batch) -> Each:
        choice = self.chosen(answer)
        share = self.share(answer, choice, self.truth(targets_of(batch)))
        return Each(self.losses(answer, batch).numpy(), choice, share)

    @abstractmethod
    def share(self, answer: Tensor, choice: Array, truth: Array) -> Array:
        """How sure, or how right, the answer to each sample is: (n,) from 0 to 1."""


def _largest(scores: Tensor) -> Array:
    """The class of each sample (n,) or pixel (n, h, w) by scores, or by targets that are coded as such."""
    if scores.shape[1] == 1:
        return (scores[:, 0] > 0).numpy().astype(np.int64)
    return scores.argmax(dim=1).numpy()
