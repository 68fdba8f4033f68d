"""What each task computes, under the names of `app/parts/tasks/`."""

from app.training.tasks.classification import ClassificationWork
from app.training.tasks.regression import RegressionWork
from app.training.tasks.segmentation import SegmentationWork
from app.training.tasks.work import Work

WORK: dict[str, type[Work]] = {
    "classification": ClassificationWork,
    "regression": RegressionWork,
    "segmentation": SegmentationWork,
}

__all__ = ["WORK", "Work"]
