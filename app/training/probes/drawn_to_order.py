"""Samples drawn again as every class."""

from typing import Any

import torch

from app.training.probes.activations import chosen_samples
from app.training.probes.look import Look
from app.training.probes.reconstructions import MOST_BYTES, pictured
from app.training.probes.work import Arrays, ProbeWork
from app.training.tasks.conditional_autoencoder import ConditionalAutoencoderWork

MOST_SAMPLES = 6


class DrawnToOrderWork(ProbeWork):
    """`inputs` (n, channels, height, width) and `drawn` (n, classes, channels, height, width) of 0..1 in bytes."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        if not isinstance(look.work, ConditionalAutoencoderWork):
            raise ValueError(f"Expected a decoder that is told the class, but got {look.work}.")
        self.work = look.work
        self.classes = look.experiment.dataset.target().class_names
        numbers = look.experiment.dataset.inputs().numbers * (1 + len(self.classes))
        self.rows, places = chosen_samples(look, max(min(MOST_BYTES // numbers, MOST_SAMPLES), 1))
        self.x = look.samples.at(torch.from_numpy(places)).inputs["x"]
        self.inputs = pictured(look.samples.prepared.raw[self.rows])

    def take(self) -> tuple[dict[str, Any], Arrays]:
        prepared = self.look.samples.prepared
        drawn = self.work.to_order(self.look.networks, self.x, len(self.classes)).numpy()
        arrays: Arrays = {"inputs": self.inputs, "drawn": pictured(drawn * prepared.spread + prepared.mean)}
        return {"cars": [], "samples": self.rows.tolist(), "classes": self.classes}, arrays
