"""Points that are drawn, real or not, all over the plane."""

from typing import Any

import numpy as np
import torch
from torch import Tensor

from app.parts.datasets.on_plane import HALF_SIDE
from app.parts.datasets.prepared import Array
from app.runs.frames import quantised
from app.training.probes.look import Look
from app.training.probes.scores import held_out
from app.training.probes.surface import plane
from app.training.probes.work import Arrays, OfBothWeights
from app.training.tasks.gan import GanWork
from app.training.tasks.work import Networks

MOST_POINTS, ARROWS = 400, 60
SIDE = 50  # pixels on a side of what the discriminator says
LINES, STOPS = 13, 25  # of the lattice, each way, and points on each
REACH = 2.2  # standard deviations of the noise that the lattice spans


class GeneratedPointsWork(OfBothWeights):
    """`drawn` (n, 2) from the same noise for the whole run; `says` (side, side) scores in bytes, the middle one of
    which says nothing; `lattice` (lines, stops, 2), first those along the first latent number; `arrows` (m, 4) from
    a drawn point to where its pull leads, in units of the plane, the longest as long as 1. Where networks are told a
    class, scores are the mean over the classes, and the lattice is that of the first."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        if not isinstance(look.work, GanWork):
            raise ValueError(f"Expected a generator and a discriminator, but got {look.work}.")
        self.work = look.work
        batch = held_out(look, MOST_POINTS)
        self.noise, self.sides = batch.inputs["noise"], look.work.asked(batch)
        self.lattice = lattice(self.work.task.latent)
        prepared = look.samples.prepared
        self.grid = torch.from_numpy(prepared.encoded(look.experiment.dataset, plane(SIDE)))
        self.mean, self.spread = prepared.mean, prepared.spread

    def taken(self, networks: Networks) -> tuple[dict[str, Any], Arrays]:
        generator, discriminator = networks["generator"], networks["discriminator"]
        drawn = generator(self.noise, **self.sides)
        of_each = [discriminator(self.grid, **sides) for sides in self.work.of_each(len(self.grid))]
        says = torch.stack(of_each).mean(dim=0).numpy().reshape(SIDE, SIDE)
        bent = self.lattice.flatten(0, 1)
        arrays: Arrays = {
            "drawn": self._raw(drawn),
            "says": quantised(says, symmetric=False, span=self._span(says)),
            "lattice": self._raw(generator(bent, **self.work.of_each(len(bent))[0])).reshape(
                *self.lattice.shape[:2], 2
            ),
            "arrows": self._arrows(drawn[:ARROWS], discriminator),
        }
        return {"cars": [], "half_side": HALF_SIDE, "latent": self.work.task.latent}, arrays

    def _span(self, says: Array) -> tuple[float, float]:
        """The range of scores, with the one that says nothing in its middle."""
        known = says[np.isfinite(says)]
        low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 0.0)
        even = self.work.criterion.even
        middle = (low + high) / 2 if even is None else even
        reach = max(high - middle, middle - low, 1e-6)
        return middle - reach, middle + reach

    def _arrows(self, drawn: Tensor, discriminator: Any) -> Array:
        with torch.enable_grad():
            at = drawn.detach().clone().requires_grad_()
            sides = {name: side[:ARROWS] for name, side in self.sides.items()}
            (pull,) = torch.autograd.grad(-self.work.criterion.wanted(discriminator(at, **sides)), at)
        return arrows(self._raw(drawn), pull.numpy() * self.spread)

    def _raw(self, points: Tensor) -> Array:
        found: Array = points.numpy() * self.spread + self.mean
        return np.nan_to_num(found).astype(np.float32)


def arrows(starts: Array, pulls: Array) -> Array:
    """From each start (n, 2) along its pull, the longest as long as 1: (n, 4)."""
    pulls = np.nan_to_num(pulls)
    longest = np.linalg.norm(pulls, axis=1).max(initial=0.0)
    return np.hstack([starts, starts + (pulls / longest if longest else pulls)]).astype(np.float32)


def lattice(latent: int) -> Tensor:
    """Lines through the first two latent numbers (lines, stops, latent), all others 0; of one number, one line."""
    along, across = torch.linspace(-REACH, REACH, STOPS), torch.linspace(-REACH, REACH, LINES)
    if latent == 1:
        return along[None, :, None]
    lines = torch.zeros(2 * LINES, STOPS, latent)
    lines[:LINES, :, 0], lines[:LINES, :, 1] = along, across[:, None]
    lines[LINES:, :, 1], lines[LINES:, :, 0] = along, across[:, None]
    return lines
