"""Pictures that are drawn from noise."""

from typing import Any

import numpy as np
from torch import Tensor

from app.runs.frames import Quantised
from app.training.data.batch import X
from app.training.probes.denoising import some
from app.training.probes.look import Look
from app.training.probes.reconstructions import MOST_BYTES, pictured
from app.training.probes.scores import held_out
from app.training.probes.work import Arrays, OfBothWeights
from app.training.tasks.gan import GanWork
from app.training.tasks.generating import GeneratingWork
from app.training.tasks.work import Networks

MOST_PICTURES, MOST_STAGES = 40, 11
ACROSS = 9  # pictures in a row, where it is not one for each class
MOST_KINDS = 20  # classes that have a column of their own


class GeneratedPicturesWork(OfBothWeights):
    """`way` (stages, n, channels, height, width) of 0..1 in bytes, from the same noise for the whole run, the finished
    ones last; where that takes several stages also `clean`, what the network makes out in them, and `noised` (stages,
    across, …), a row of real pictures under as much noise. `about.times` are the diffusion steps that are left at each
    stage, `about.most` is how many there are, `about.across` how many pictures stand in a row; `about.classes` are the
    names of the columns where the network is told what to draw. Of a GAN, `about.noise` is the noise of
    the first picture, and `about.labels` how many classes can be asked for."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        if not isinstance(look.work, GeneratingWork):
            raise ValueError(f"Expected a network that draws from noise, but got {look.work}.")
        self.work = look.work
        task, dataset = look.work.task, look.experiment.dataset
        names = dataset.target().class_names if task.conditional else []
        self.classes = names if 0 < len(names) <= MOST_KINDS else []
        self.labels = len(names)
        self.across = len(self.classes) or ACROSS
        twice = 2 if look.live is None else 4
        rows = max(min(MOST_BYTES // (twice * MOST_STAGES * dataset.inputs().numbers), MOST_PICTURES) // self.across, 1)
        batch = held_out(look, rows * self.across)
        self.noise, self.x = batch.inputs["noise"], batch.inputs[X][: self.across]
        self.sides = look.work.in_turn(len(self.noise))

    def taken(self, networks: Networks) -> tuple[dict[str, Any], Arrays]:
        stages = some(list(self.work.way(networks, self.noise, self.sides)), MOST_STAGES)
        arrays: Arrays = {"way": self._pictured([stage.noisy for stage in stages])}
        if len(stages) > 1:
            noised = [self.work.noised(self.x, self.noise[: self.across], stage.time) for stage in stages]
            arrays |= {"clean": self._pictured([stage.clean for stage in stages]), "noised": self._pictured(noised)}
        times = [stage.time for stage in stages]
        about: dict[str, Any] = {"times": times, "most": times[0], "across": self.across, "classes": self.classes}
        if isinstance(self.work, GanWork):
            about |= {"noise": self.noise[0].tolist(), "labels": self.labels}
        return {"cars": [], **about}, arrays

    def _pictured(self, stages: list[Tensor]) -> Quantised:
        prepared = self.look.samples.prepared
        return pictured(np.stack([stage.numpy() for stage in stages]) * prepared.spread + prepared.mean)
