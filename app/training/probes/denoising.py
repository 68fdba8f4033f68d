"""The way of points from noise to data, all over the plane."""

from typing import Any, TypeVar

import numpy as np
import torch
from torch import Tensor

from app.parts.datasets.on_plane import HALF_SIDE
from app.parts.datasets.prepared import Array
from app.training.probes.generated_points import arrows
from app.training.probes.look import Look
from app.training.probes.scores import held_out
from app.training.probes.surface import plane
from app.training.probes.work import Arrays, OfBothWeights
from app.training.tasks.diffusion import DiffusionWork
from app.training.tasks.work import Networks

MOST_POINTS, MOST_STAGES = 200, 21
SIDE = 13  # arrows on a side of the plane
Kept = TypeVar("Kept")


class DenoisingWork(OfBothWeights):
    """`noisy` (stages, n, 2) points from the same noise for the whole run, and `clean`, those that are made out in
    them; `field` (stages, m, 4): from places of a grid to where clean points are made out, the longest of a stage as
    long as 1, the mean over the classes where the network is told one. `about.times` are the diffusion steps from clean
    of each stage, `about.most` is how many there are."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        if not isinstance(look.work, DiffusionWork):
            raise ValueError(f"Expected a network that takes noise away, but got {look.work}.")
        self.work = look.work
        batch = held_out(look, MOST_POINTS)
        self.noise, self.sides = batch.inputs["noise"], look.work.asked(batch)
        prepared = look.samples.prepared
        self.mean, self.spread = prepared.mean, prepared.spread
        self.places = plane(SIDE)
        seen = torch.from_numpy(prepared.encoded(look.experiment.dataset, self.places))
        self.grid = self.work.scaled(seen)

    def taken(self, networks: Networks) -> tuple[dict[str, Any], Arrays]:
        stages = some(list(self.work.stages(networks, self.noise, self.sides)))
        arrays: Arrays = {
            "noisy": np.stack([self._raw(stage.noisy) for stage in stages]),
            "clean": np.stack([self._raw(stage.clean) for stage in stages]),
            "field": np.stack([self._field(networks, max(stage.time, 1)) for stage in stages]),
        }
        about = {"half_side": HALF_SIDE, "times": [stage.time for stage in stages], "most": self.work.task.times}
        return {"cars": [], **about}, arrays

    def _field(self, networks: Networks, time: int) -> Array:
        told = self.work.of_each(len(self.grid))
        clean = [self.work.made_out(networks, self.grid, time, sides)[0] for sides in told]
        return arrows(self.places, self._raw(torch.stack(clean).mean(dim=0)) - self.places)

    def _raw(self, points: Tensor) -> Array:
        found: Array = self.work.unscaled(points).numpy() * self.spread + self.mean
        return np.nan_to_num(found).astype(np.float32)


def some(stages: list[Kept], most: int = MOST_STAGES) -> list[Kept]:
    """At most so many stages, evenly chosen, the first and the last among them."""
    places = np.linspace(0, len(stages) - 1, min(len(stages), most)).round().astype(int)
    return [stages[place] for place in places]
