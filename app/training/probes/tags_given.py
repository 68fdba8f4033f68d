"""The label that is given at each place."""

from typing import Any

import numpy as np
import torch

from app.training.data.batch import targets_of
from app.training.probes.look import Look
from app.training.probes.work import Arrays, ProbeWork
from app.training.tasks.tagging import TaggingWork

ROWS = 12  # of each split
SHOWN = ("train", "validation")


class TagsGivenWork(ProbeWork):
    """The same rows for the whole run, spread evenly over each split: `tokens`, the labels `truth` and `given`, (rows,
    places) each, and `split` (rows,), 0 for training."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        if not isinstance(look.work, TaggingWork):
            raise ValueError(f"Expected labels at each place, but got {look.work}.")
        self.work = look.work
        places: list[int] = []
        splits: list[int] = []
        for number, split in enumerate(SHOWN):
            first, last = look.samples.bounds.get(split, (0, 0))
            rows = np.unique(np.linspace(first, last - 1, min(ROWS, last - first)).astype(np.int64)).tolist()
            places, splits = places + rows, splits + [number] * len(rows)
        self.batch = look.samples.at(torch.tensor(places))
        self.fixed: Arrays = {
            "tokens": look.samples.inputs[places].numpy().astype(np.int32),
            "truth": targets_of(self.batch).numpy().astype(np.int32),
            "split": np.array(splits, np.int32),
        }

    def take(self) -> tuple[dict[str, Any], Arrays]:
        given = self.work.chosen(self.look.answer(self.batch)).astype(np.int32)
        return {}, {**self.fixed, "given": given}
