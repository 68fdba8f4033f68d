"""What a network that knows the classes says of drawn pictures."""

from typing import Any

import numpy as np
import torch
from torch import Tensor

from app.parts.datasets.prepared import Array
from app.parts.tasks.generating import LABEL
from app.runs.frames import Quantised
from app.training.data.batch import X
from app.training.examining.examination import Examination
from app.training.examining.mixture import mixed
from app.training.probes.look import Look
from app.training.probes.reconstructions import MOST_BYTES, pictured
from app.training.probes.scores import held_out
from app.training.probes.work import Arrays, ProbeWork
from app.training.tasks.drawing_new import DrawingNew, diversity

MOST_SAMPLES, MOST_PAIRS = 300, 12


class ExaminedWork(ProbeWork):
    """Rows are the network's pictures, those of a mixture of gaussians, and real ones held out: `shares` (3, classes)
    of the classes that the examiner takes them for, `measured` (3, metrics) by the names in `about.metrics`; -1 where
    a metric says nothing of them. `drawn` and `nearest` (n, channels, height, width) of 0..1 in bytes are a few of the
    network's, and the picture learned from that is nearest to each; `far` (n,) is how far, in units of how far real
    ones held out usually are. `about.accuracy` is the examiner's own."""

    @classmethod
    def sees(cls, look: Look) -> bool:
        return isinstance(look.work, DrawingNew) and look.work.examination is not None

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        if not isinstance(look.work, DrawingNew):
            raise ValueError(f"Expected a network that draws new pictures, but got {look.work}.")
        self.work = look.work
        self.batch = held_out(look, MOST_SAMPLES)
        self.real = self.batch.inputs[X]
        known = look.samples.whole("train").inputs[X]
        plain = mixed(known, len(self.real))
        self.beside = [self._looked_at(plain, None), self._looked_at(self.real, None)]
        self.pairs = min(MOST_PAIRS, max(MOST_BYTES // (2 * look.experiment.dataset.inputs().numbers), 1))

    def take(self) -> tuple[dict[str, Any], Arrays]:
        drawn = self.work.new(self.look.networks, self.batch)
        rows = [self._looked_at(drawn, self.batch.inputs.get(LABEL)), *self.beside]
        names = list(rows[0][1])
        some = drawn[: self.pairs]
        far, places = self.examination.nearest(some)
        arrays: Arrays = {
            "shares": np.stack([shares for shares, _ in rows]),
            "measured": np.array([[found.get(name, -1.0) for name in names] for _, found in rows], np.float32),
            "drawn": self._pictured(some),
            "nearest": self._pictured(self.look.samples.at(places).inputs[X]),
            "far": (far / self.examination.usual).numpy(),
        }
        classes = self.look.experiment.dataset.target().class_names
        accuracy = self.examination.examiner.accuracy.item()
        return {"cars": [], "metrics": names, "classes": classes, "accuracy": accuracy}, arrays

    @property
    def examination(self) -> Examination:
        """That of the work."""
        if self.work.examination is None:
            raise ValueError("Expected pictures of classes, but got other samples.")
        return self.work.examination

    def _looked_at(self, pictures: Tensor, asked: Tensor | None) -> tuple[Array, dict[str, float]]:
        """The shares of classes among pictures, and what is measured of them."""
        seen = self.examination.examiner(pictures).argmax(dim=1)
        classes = len(self.look.experiment.dataset.target().class_names)
        found = self.examination.metrics(pictures, asked)
        spread = {"diversity": diversity(pictures.flatten(1), self.real.flatten(1))}
        shares = torch.bincount(seen, minlength=classes) / len(seen)
        return shares.numpy(), found | spread

    def _pictured(self, samples: Tensor) -> Quantised:
        prepared = self.look.samples.prepared
        return pictured(samples.numpy() * prepared.spread + prepared.mean)
