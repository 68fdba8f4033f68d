"""What every task that chooses one of several classes computes, for a sample or for each of its pixels."""

import numpy as np
import torch
from torch import Tensor

from app.experiment.experiment import Experiment
from app.parts.datasets.prepared import Array
from app.parts.shapes import Features
from app.training.tasks.work import Work

CLEARLY = 0.01  # share of right answers above the most frequent class's that counts as learning


class ChoosingWork(Work):
    """`outputs` are (n, k) or (n, k, h, w) scores, `truth` class numbers (n,) or (n, h, w)."""

    right: str  # the metric that is the share of right answers

    def __init__(self, experiment: Experiment) -> None:
        super().__init__(experiment)
        target = experiment.dataset.target()
        if isinstance(target, Features):
            raise ValueError(f"Expected classes to choose from, but got {target}.")
        self.classes = target.count
        self.independent = experiment.loss.encoding != "class_number"

    def answers(self, outputs: Tensor) -> Tensor:
        return torch.sigmoid(outputs) if self.independent else torch.softmax(outputs, dim=1)

    def chosen(self, outputs: Tensor) -> Array:
        """The class chosen for each sample (n,) or pixel (n, h, w)."""
        if outputs.shape[1] == 1:
            return (outputs[:, 0] > 0).numpy().astype(np.int64)
        return outputs.argmax(dim=1).numpy()

    def confusion(self, outputs: Tensor, truth: Array) -> Array:
        pairs = (truth * self.classes + self.chosen(outputs)).ravel()
        return np.bincount(pairs, minlength=self.classes**2).reshape(self.classes, self.classes)

    def learned(self, metrics: dict[str, float], truth: Array) -> bool:
        most_frequent = np.bincount(truth.ravel(), minlength=self.classes).max() / truth.size
        return metrics[self.right] > min(most_frequent + CLEARLY, 1 - 1e-9)
