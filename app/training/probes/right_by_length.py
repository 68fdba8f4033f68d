"""Which rows are answered rightly, by how long they are."""

from typing import Any

import numpy as np
import torch

from app.parts.datasets.tagged import Tagged
from app.training.data.batch import targets_of
from app.training.probes.look import Look
from app.training.probes.work import Arrays, ProbeWork
from app.training.tasks.tagging import TaggingWork

ROWS = 16  # of each length
MOST_ROWS = 400  # of all
NONE, WRONG, RIGHT = -1, 0, 1


class RightByLengthWork(ProbeWork):
    """The same rows of the validation set for the whole run, up to so many of each length: `lengths` int32 (lengths,),
    ascending, and `right` int32 (lengths, rows): 1 where a row is right at every place, 0 where not, -1 for none;
    `about.learned` is the longest row that is learned from."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        dataset, prepared = look.experiment.dataset, look.samples.prepared
        if not isinstance(look.work, TaggingWork) or not isinstance(dataset, Tagged):
            raise ValueError(f"Expected labels at each place, but got {look.work}.")
        self.work = look.work
        split = "validation" if "validation" in look.samples.bounds else "train"
        lengths = dataset.lengths(prepared.raw[getattr(prepared, split)])
        self.learned = int(dataset.lengths(prepared.raw[prepared.train]).max())
        self.lengths = np.unique(lengths)
        most = max(min(ROWS, MOST_ROWS // len(self.lengths)), 1)
        chosen = [np.flatnonzero(lengths == length)[:most] for length in self.lengths]
        self.counts = [len(rows) for rows in chosen]
        self.batch = look.samples.at(torch.from_numpy(np.concatenate(chosen) + look.samples.bounds[split][0]))

    def take(self) -> tuple[dict[str, Any], Arrays]:
        wrong = torch.from_numpy(self.work.chosen(self.look.answer(self.batch))) != targets_of(self.batch)
        if self.batch.weight is not None:
            wrong = wrong & (self.batch.weight > 0)
        exact = (~wrong).all(1).numpy()
        right = np.full((len(self.counts), max(self.counts)), NONE, np.int32)
        for row, own in enumerate(np.split(exact, np.cumsum(self.counts)[:-1])):
            right[row, : len(own)] = np.where(own, RIGHT, WRONG)
        return {"learned": self.learned}, {"lengths": self.lengths.astype(np.int32), "right": right}
