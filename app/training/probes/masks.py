"""Which class the network sees in each pixel of a few chosen pictures."""

from typing import Any

import numpy as np
import torch

from app.parts.shapes import Mask
from app.runs.frames import Quantised
from app.training.probes.activations import chosen_samples
from app.training.probes.look import Look
from app.training.probes.work import Arrays, ProbeWork
from app.training.tasks.choosing import ChoosingWork

MOST_SAMPLES = 12
MOST_BYTES = 250_000  # of a frame; with its header it stays below 256,000


class MasksWork(ProbeWork):
    """The same pictures for the whole run, the first of those whose feature maps are shown."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        target = look.experiment.target
        if not isinstance(target, Mask):
            raise ValueError(f"Expected masks, but got {target}.")
        if not isinstance(look.work, ChoosingWork):
            raise ValueError(f"Expected a choice of classes, but got {look.work}.")
        self.work = look.work
        self.classes = list(target.names)
        numbers = look.experiment.dataset.inputs().numbers + 3 * target.numbers
        rows, places = chosen_samples(look, max(min(MOST_BYTES // numbers, MOST_SAMPLES), 1))
        self.rows, self.places = rows, torch.from_numpy(places)
        raw = np.round(np.clip(look.samples.prepared.raw[rows], 0, 1) * 255).astype(np.uint8)
        self.fixed: Arrays = {"inputs": Quantised(raw, 0.0, 1.0)}
        if not look.asked:
            self.fixed["truth"] = look.samples.prepared.targets[rows].astype(np.uint8)

    def take(self) -> tuple[dict[str, Any], Arrays]:
        look = self.look
        answer = look.answer(look.samples.at(self.places))
        share, predicted = self.work.probabilities(answer).max(dim=1)
        arrays: Arrays = dict(self.fixed)
        arrays["predicted"] = predicted.numpy().astype(np.uint8)
        arrays["share"] = Quantised(np.round(share.numpy() * 255).astype(np.uint8), 0.0, 1.0)
        return {"cars": [], "samples": self.rows.tolist(), "classes": self.classes}, arrays
