"""A sample of a person's own, as networks read it."""

from typing import Any

import numpy as np
import torch
from torch import Tensor

from app.parts.datasets.dataset import Dataset
from app.parts.problem import Problem
from app.runs.folder import RunFolder
from app.training.asking.new_samples import entered
from app.training.asking.trained import entrance_of
from app.training.data.samples import load


def given_sample(folder: RunFolder, dataset: Dataset, sample: list[Any], place: str, other: int = 0) -> Tensor:
    """A sample as a batch of one (1, …); of none, that of the samples held back whose number is `other`. Raises
    `Problem` at this place, which names it as the sample of that number."""
    if not sample:
        prepared = load(dataset, folder.data)
        held = prepared.held_back
        return torch.from_numpy(np.ascontiguousarray(prepared.inputs[held[other % len(held)]][None]))
    try:
        return torch.from_numpy(entered(dataset, entrance_of(folder.path), [sample], first=other)[1])
    except Problem as problem:
        raise Problem(problem.template, place=place, fixes=problem.fixes, **problem.values) from None
