"""What classification computes."""

import numpy as np
from torch import Tensor

from app.parts.datasets.prepared import Array
from app.training.tasks.choosing import ChoosingWork


class ClassificationWork(ChoosingWork):
    """Accuracy, macro F1 and the confusion matrix."""

    right = "accuracy"

    def scores(self, counts: Array) -> dict[str, float]:
        right, there, said = np.diag(counts), counts.sum(axis=1), counts.sum(axis=0)
        either: Array = there + said
        named = either > 0  # a class that neither occurs nor is predicted has no F1
        return {
            "accuracy": float(right.sum() / max(counts.sum(), 1)),
            "macro_f1": float(np.mean(2 * right[named] / either[named])),
        }

    def share(self, answer: Tensor, choice: Array, truth: Array) -> Array:
        return np.take_along_axis(self.probabilities(answer).numpy(), choice[:, None], axis=1)[:, 0]
