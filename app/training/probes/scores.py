"""What a discriminator says of real and of drawn samples."""

from typing import Any

import numpy as np
import torch

from app.parts.datasets.prepared import Array
from app.training.data.batch import Batch, X
from app.training.probes.look import Look
from app.training.probes.work import Arrays, ProbeWork
from app.training.tasks.gan import GanWork

MOST_SAMPLES, BINS = 512, 32


class ScoresWork(ProbeWork):
    """`real` and `drawn` (bins,): shares of the samples held out, and of as many drawn ones, by score; `edges`
    (bins + 1,) of the scores, which are the discriminator's own; `about.even` is the one that says nothing, if any."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        if not isinstance(look.work, GanWork):
            raise ValueError(f"Expected a discriminator, but got {look.work}.")
        self.work = look.work
        self.batch = held_out(look, MOST_SAMPLES)

    def take(self) -> tuple[dict[str, Any], Arrays]:
        look, discriminator = self.look, self.look.networks["discriminator"]
        sides = self.work.asked(self.batch)
        told = [discriminator(x, **sides).numpy()[:, 0] for x in (self.batch.inputs[X], look.answer(self.batch))]
        both: list[Array] = [np.nan_to_num(scores.astype(np.float64)) for scores in told]
        real, drawn = both
        low, high = (float(take(np.concatenate(both))) for take in (np.min, np.max))
        edges = np.linspace(low, high + 1e-9, BINS + 1)
        arrays: Arrays = {
            "real": _shares(real, edges),
            "drawn": _shares(drawn, edges),
            "edges": edges.astype(np.float32),
        }
        return {"cars": [], "even": self.work.criterion.even}, arrays


def held_out(look: Look, most: int) -> Batch:
    """At most so many samples of the validation set, or of the training set where it is empty."""
    first, last = look.samples.bounds.get("validation") or look.samples.bounds["train"]
    return look.samples.at(torch.arange(first, min(last, first + most)))


def _shares(scores: Array, edges: Array) -> Array:
    return (np.histogram(scores, edges)[0] / len(scores)).astype(np.float32)
