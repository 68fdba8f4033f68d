"""What a translation looks like while it is learned."""

from typing import Any

import numpy as np
import torch

from app.parts.datasets.translated import END
from app.runs.frames import quantised
from app.training.data.batch import targets_of
from app.training.probes.activations import chosen_samples
from app.training.probes.look import Look
from app.training.probes.work import Arrays, ProbeWork
from app.training.tasks.translation import Looking, TranslationWork

SAMPLES = 8


class TranslationsWork(ProbeWork):
    """The same texts for the whole run: token numbers int32 of the `sources` (n, places), of the `targets` and of what
    is `written` freely (n, places); with cross-attention `looked`, bytes of the square roots of the shares that the
    last one gives, the mean of its heads, (n, places written, places of the source)."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        if not isinstance(look.work, TranslationWork):
            raise ValueError(f"Expected a translation, but got {look.work}.")
        self.work = look.work
        self.rows, chosen = chosen_samples(look, SAMPLES)
        self.batch = look.samples.at(torch.from_numpy(chosen))

    def take(self) -> tuple[dict[str, Any], Arrays]:
        written = self.work.written(self.look.networks, self.batch)
        before = torch.cat((torch.full_like(written[:, :1], END), written[:, :-1]), dim=1)
        with Looking(self.look.networks) as looking:
            self.work.scores(self.look.networks, self.batch, before)
            maps = looking.maps()
        arrays: Arrays = {
            "sources": self.batch.inputs["x"].numpy().astype(np.int32),
            "targets": targets_of(self.batch).numpy().astype(np.int32),
            "written": written.numpy().astype(np.int32),
        }
        if maps.numel():
            arrays["looked"] = quantised(maps.sqrt().numpy(), False, (0.0, 1.0))
        return {"samples": self.rows.tolist()}, arrays
