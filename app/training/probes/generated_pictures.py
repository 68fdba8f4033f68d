"""Pictures that are drawn from noise."""

from typing import Any

import numpy as np

from app.runs.frames import Quantised
from app.training.probes.denoising import some
from app.training.probes.look import Look
from app.training.probes.reconstructions import MOST_BYTES, pictured
from app.training.probes.scores import held_out
from app.training.probes.work import Arrays, ProbeWork
from app.training.tasks.generating import GeneratingWork

MOST_PICTURES, MOST_STAGES = 36, 11


class GeneratedPicturesWork(ProbeWork):
    """`way` (stages, n, channels, height, width) of 0..1 in bytes, from the same noise for the whole run, the finished
    ones last; `about.times` are the diffusion steps that are left at each stage, `about.most` is how many there are."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        if not isinstance(look.work, GeneratingWork):
            raise ValueError(f"Expected a network that draws from noise, but got {look.work}.")
        self.work = look.work
        numbers = MOST_STAGES * look.experiment.dataset.inputs().numbers
        self.noise = held_out(look, max(min(MOST_BYTES // numbers, MOST_PICTURES), 1)).inputs["noise"]

    def take(self) -> tuple[dict[str, Any], Arrays]:
        prepared = self.look.samples.prepared
        stages = some(list(self.work.way(self.look.networks, self.noise)), MOST_STAGES)
        drawn = np.stack([stage.numpy() for _, stage in stages]) * prepared.spread + prepared.mean
        way: Quantised = pictured(drawn)
        times = [time for time, _ in stages]
        return {"cars": [], "times": times, "most": times[0]}, {"way": way}
