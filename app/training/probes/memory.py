"""How well an answer that needs something from far back is given, by how far back that lies."""

from typing import Any

import numpy as np
import torch

from app.parts.datasets.prepared import Array
from app.parts.layers.stack import unfolded
from app.parts.shapes import Ordered
from app.training.data.batch import targets_of
from app.training.probes.look import Look
from app.training.probes.work import Arrays, ProbeWork

MOST_SAMPLES, BINS = 1000, 12


class MemoryWork(ProbeWork):
    """The same samples of the validation set for the whole run, in bins of like lag that hold any: `lags` float32
    (bins,), the mean of each in places, ascending, and `explained` float32 (bins,): the share of the variance of all
    targets that the answers explain, 1 − mean squared error / variance; always answering the mean explains 0.
    `about.readers` are the kinds of the layers that read along the places."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        prepared = look.samples.prepared
        split = "validation" if "validation" in look.samples.bounds else "train"
        rows = getattr(prepared, split)[:MOST_SAMPLES]
        lags = look.experiment.dataset.lags(prepared.raw[rows])
        if lags is None:
            raise ValueError(f"Expected a dataset that knows its lags, but got {look.experiment.dataset.kind}.")
        edges: Array = np.linspace(float(lags.min()), float(lags.max()) + 1, BINS + 1)
        self.bin_of = np.searchsorted(edges, lags, side="right") - 1
        self.full = np.unique(self.bin_of)
        self.lags = np.array([lags[self.bin_of == number].mean() for number in self.full], np.float32)
        self.batch = look.samples.at(torch.arange(len(rows)) + look.samples.bounds[split][0])
        self.variance = float(targets_of(self.batch).var(unbiased=False))
        layers = unfolded(look.experiment.placed())
        self.readers = [placed.layer.kind for placed in layers if placed.layer.takes() is Ordered]

    def take(self) -> tuple[dict[str, Any], Arrays]:
        errors = ((self.look.answer(self.batch) - targets_of(self.batch)) ** 2).mean(1).numpy()
        explained = [1 - errors[self.bin_of == number].mean() / self.variance for number in self.full]
        return {"readers": self.readers}, {"lags": self.lags, "explained": np.array(explained, np.float32)}
