"""Samples that were held back from training."""

import torch

from app.runs.folder import RunFolder
from app.training.asking.trained import Trained
from app.training.data.batch import Batch
from app.training.data.samples import samples_of


def held_back(found: Trained, folder: RunFolder, most: int) -> Batch:
    """At most so many samples of the validation set, or of the training set where it is empty, in an order of chance
    that is the same each time."""
    samples = samples_of(found.experiment, folder.data)
    first, last = samples.bounds.get("validation") or samples.bounds["train"]
    order = torch.randperm(last - first, generator=torch.Generator().manual_seed(0))
    return samples.at(first + order[:most])
