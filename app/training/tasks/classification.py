"""What classification computes."""

import numpy as np
import torch
from torch import Tensor

from app.experiment.experiment import Experiment
from app.parts.datasets.prepared import Array
from app.parts.shapes import Classes
from app.training.tasks.work import Work

CLEARLY = 0.01  # accuracy above the most frequent class's share that counts as learning


class ClassificationWork(Work):
    """Accuracy, macro F1 and the confusion matrix."""

    def __init__(self, experiment: Experiment) -> None:
        super().__init__(experiment)
        target = experiment.dataset.target()
        if not isinstance(target, Classes):
            raise ValueError(f"Expected classes to choose from, but got {target}.")
        self.classes = target.count
        self.independent = experiment.loss.encoding != "class_number"

    def answers(self, outputs: Tensor) -> Tensor:
        return torch.sigmoid(outputs) if self.independent else torch.softmax(outputs, dim=1)

    def chosen(self, outputs: Tensor) -> Array:
        """The class chosen for each sample (n,)."""
        if outputs.shape[1] == 1:
            return (outputs[:, 0] > 0).numpy().astype(np.int64)
        return outputs.argmax(dim=1).numpy()

    def confusion(self, outputs: Tensor, truth: Array) -> Array:
        pairs = truth * self.classes + self.chosen(outputs)
        return np.bincount(pairs, minlength=self.classes**2).reshape(self.classes, self.classes)

    def metrics(self, outputs: Tensor, truth: Array) -> dict[str, float]:
        counts = self.confusion(outputs, truth)
        right, there, said = np.diag(counts), counts.sum(axis=1), counts.sum(axis=0)
        either: Array = there + said
        named = either > 0  # a class that neither occurs nor is predicted has no F1
        return {
            "accuracy": float(right.sum() / max(len(truth), 1)),
            "macro_f1": float(np.mean(2 * right[named] / either[named])),
        }

    def learned(self, metrics: dict[str, float], truth: Array) -> bool:
        most_frequent = np.bincount(truth, minlength=self.classes).max() / len(truth)
        return metrics["accuracy"] > min(most_frequent + CLEARLY, 1 - 1e-9)
