"""What a code of random numbers is drawn as, and what each of its numbers tells."""

from statistics import NormalDist
from typing import Any

import numpy as np
import torch
from torch import Tensor

from app.runs.frames import Quantised
from app.training.data.batch import X
from app.training.probes.look import Look
from app.training.probes.reconstructions import MOST_BYTES, pictured
from app.training.probes.scores import held_out
from app.training.probes.work import Arrays, ProbeWork
from app.training.tasks.variational_autoencoder import ACTIVE, VariationalAutoencoderWork

MOST_DRAWN, SIDE = 24, 11  # new samples; pictures on a side of the plane
MOST_SAMPLES = 200  # whose clouds are looked at
FIRST, LAST = 0.02, 0.98  # shares of the normal distribution that the plane spans
CHANCE = 13  # stream of randomness


class LatentPlaneWork(ProbeWork):
    """`drawn` (n, channels, height, width) and `plane` (side, side, channels, height, width) of 0..1 in bytes, the
    first row at the largest of the second number; `told` (code,) nats, `varies` (code,) the variance of the middles.
    `about.numbers` are those of the plane, `about.active` is how many tell anything. Source of the plane's stops:
    Kingma and Welling 2014, arXiv:1312.6114, appendix A."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        if not isinstance(look.work, VariationalAutoencoderWork):
            raise ValueError(f"Expected an encoder that gives clouds, but got {look.work}.")
        self.work = look.work
        self.samples = held_out(look, MOST_SAMPLES)
        each = look.experiment.dataset.inputs().numbers
        self.side = max(min(SIDE, int((MOST_BYTES // (2 * each)) ** 0.5)), 1)
        count = max(min(MOST_DRAWN, MOST_BYTES // (2 * each)), 1)
        chance = torch.Generator().manual_seed(CHANCE)
        self.codes = torch.randn(count, look.work.task.code, generator=chance)

    def take(self) -> tuple[dict[str, Any], Arrays]:
        cloud = self.work.cloud(self.look.networks, self.samples.inputs[X])
        told, varies = cloud.told().mean(dim=0), cloud.middle.var(dim=0, correction=0)
        numbers = told.argsort(descending=True, stable=True)[:2].sort().values
        arrays: Arrays = {
            "drawn": self._drawn(self.codes),
            "plane": self._plane(numbers),
            "told": told.numpy(),
            "varies": varies.numpy(),
        }
        return {"cars": [], "numbers": numbers.tolist(), "active": int((varies > ACTIVE).sum())}, arrays

    def _plane(self, numbers: Tensor) -> Quantised:
        shares = np.linspace(FIRST, LAST, self.side).tolist()
        stops = torch.tensor([NormalDist().inv_cdf(share) for share in shares])
        codes = torch.zeros(self.side, self.side, self.work.task.code)
        if len(numbers) > 1:
            codes[:, :, numbers[1]] = stops.flip(0)[:, None]
        codes[:, :, numbers[0]] = stops
        flat = self._drawn(codes.flatten(0, 1))
        return Quantised(flat.codes.reshape(self.side, self.side, *flat.codes.shape[1:]), flat.low, flat.high)

    def _drawn(self, codes: Tensor) -> Quantised:
        prepared = self.look.samples.prepared
        return pictured(self.look.networks["decoder"](codes).numpy() * prepared.spread + prepared.mean)
