"""Samples, and what the network draws of them."""

from typing import Any

import numpy as np
import torch
from torch import Tensor

from app.parts.datasets.prepared import Array
from app.parts.tasks.reconstructing import ODD, Reconstructing
from app.runs.frames import Quantised
from app.training.data.batch import X
from app.training.probes.activations import chosen_samples
from app.training.probes.look import Look
from app.training.probes.principal import Principal
from app.training.probes.scores import held_out
from app.training.probes.work import Arrays, ProbeWork
from app.training.tasks.reconstructing import auroc

MOST_SAMPLES = 12
MOST_BYTES = 250_000  # of a frame
MOST_MEASURED = 500  # samples that errors are measured over
NEIGHBOURS = 5
WIDEST = 1024  # numbers in a sample; of more, PCA would take seconds


class ReconstructionsWork(ProbeWork):
    """The same pictures for the whole run: `inputs` and `outputs` (n, channels, height, width) of 0..1 in bytes.

    Where the network is given clean samples, `pca` are those that PCA draws from as many numbers as the code has, and
    `about.errors` the mean squared errors on samples held back: of the network, of PCA with as many numbers, with twice
    as many. Where others are of classes that were never learned, `about.auroc` says how well those are told by
    the error of the network, by that of PCA, and by how far the nearest training samples are.
    """

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        numbers = 2 * look.experiment.dataset.inputs().numbers
        self.rows, places = chosen_samples(look, max(min(MOST_BYTES // numbers, MOST_SAMPLES), 1))
        self.batch = look.samples.at(torch.from_numpy(places))
        self.inputs = self._pictured(look.work.entered(self.batch))
        task, x = look.experiment.task, self.batch.inputs[X]
        self.code = task.code if isinstance(task, Reconstructing) else 0
        self.by_pca: dict[str, Quantised] = {}
        if self.code and not look.asked and x[0].numel() <= WIDEST and look.work.entered(self.batch) is x:
            self._compare(x)

    def _compare(self, x: Tensor) -> None:
        samples = self.look.samples
        self.measured = held_out(self.look, MOST_MEASURED)
        held = self.measured.inputs[X].flatten(1).numpy()
        pca = Principal(samples.whole("train").inputs[X].flatten(1).numpy())
        drawn = pca.drawn(x.flatten(1).numpy(), self.code).astype(np.float32)
        self.by_pca = {"pca": self._pictured(torch.from_numpy(drawn).reshape(x.shape))}
        off = [np.square(pca.drawn(held, numbers) - held) for numbers in (self.code, 2 * self.code)]
        self.odd = self.measured.inputs[ODD].numpy() if ODD in self.measured.inputs else np.zeros(len(held), bool)
        self.errors = [float(errors[~self.odd].mean()) for errors in off]
        self.told: list[float] = []
        if self.odd.any():
            known = samples.whole("train").inputs[X].flatten(1)
            far = torch.cdist(self.measured.inputs[X].flatten(1), known).topk(NEIGHBOURS, largest=False).values
            self.told = [auroc(scores, self.odd) for scores in (off[0].mean(axis=1), far.mean(dim=1).numpy())]

    def take(self) -> tuple[dict[str, Any], Arrays]:
        outputs = self._pictured(self.look.answer(self.batch))
        about: dict[str, Any] = {"cars": [], "samples": self.rows.tolist()}
        if self.by_pca:
            off = (self.look.answer(self.measured) - self.measured.inputs[X]).square().flatten(1).mean(dim=1)
            errors = off.numpy()
            about |= {"code": self.code, "errors": [float(errors[~self.odd].mean()), *self.errors]}
            if self.told:
                about["auroc"] = [auroc(errors, self.odd), *self.told]
        return about, {"inputs": self.inputs, "outputs": outputs, **self.by_pca}

    def _pictured(self, samples: Tensor) -> Quantised:
        prepared = self.look.samples.prepared
        return pictured(samples.numpy() * prepared.spread + prepared.mean)


def pictured(pixels: Array) -> Quantised:
    """Pixels of 0..1 in bytes; what lies beyond is cut off."""
    return Quantised(np.round(np.clip(np.nan_to_num(pixels), 0, 1) * 255).astype(np.uint8), 0.0, 1.0)
