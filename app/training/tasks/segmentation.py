"""What segmentation computes."""

import numpy as np
from torch import Tensor

from app.parts.datasets.prepared import Array
from app.training.tasks.choosing import ChoosingWork


class SegmentationWork(ChoosingWork):
    """Pixel accuracy, the mean over classes of intersection over union, and the confusion matrix of all pixels."""

    right = "pixel_accuracy"

    def metrics(self, outputs: Tensor, truth: Array) -> dict[str, float]:
        counts = self.confusion(outputs, truth)
        both: Array = np.diag(counts)
        either: Array = counts.sum(axis=0) + counts.sum(axis=1) - both
        named = either > 0  # a class that neither occurs nor is predicted has no overlap
        return {
            "pixel_accuracy": float(both.sum() / max(truth.size, 1)),
            "mean_iou": float(np.mean(both[named] / either[named])),
        }
