"""What segmentation computes."""

import numpy as np
from torch import Tensor

from app.parts.datasets.prepared import Array
from app.training.tasks.choosing import ChoosingWork


class SegmentationWork(ChoosingWork):
    """Pixel accuracy, the mean over classes of intersection over union, and the confusion matrix of all pixels."""

    right = "pixel_accuracy"

    def scores(self, counts: Array) -> dict[str, float]:
        both: Array = np.diag(counts)
        either: Array = counts.sum(axis=0) + counts.sum(axis=1) - both
        named = either > 0  # a class that neither occurs nor is predicted has no overlap
        return {
            "pixel_accuracy": float(both.sum() / max(counts.sum(), 1)),
            "mean_iou": float(np.mean(both[named] / either[named])),
        }

    def share(self, answer: Tensor, choice: Array, truth: Array) -> Array:
        return overlaps(truth, choice, self.classes)


def overlaps(truth: Array, chosen: Array, classes: int) -> Array:
    """Intersection over union of masks (n, h, w), the mean over the classes that are in either of a pair: (n,)."""
    shares: list[Array] = []
    for number in range(classes):
        in_truth, in_chosen = truth == number, chosen == number
        both = (in_truth & in_chosen).sum(axis=(1, 2))
        either = (in_truth | in_chosen).sum(axis=(1, 2))
        shares.append(np.where(either > 0, both / np.maximum(either, 1), np.nan))
    return np.nanmean(np.stack(shares), axis=0)
