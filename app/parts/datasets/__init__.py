"""The datasets, one per file. A new one is one line in the list."""

from app.parts.choice import choice_of
from app.parts.datasets.circle import Circle
from app.parts.datasets.dataset import Dataset

DATASETS = (Circle,)
AnyDataset = choice_of(DATASETS)

__all__ = ["DATASETS", "AnyDataset", "Dataset"]
