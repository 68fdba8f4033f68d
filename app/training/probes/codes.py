"""Where the codes of samples lie."""

from typing import Any

import torch
from torch import Tensor

from app.parts.shapes import Classes
from app.training.probes.activations import chosen_samples
from app.training.probes.look import Look
from app.training.probes.work import Arrays, ProbeWork
from app.training.tasks.reconstructing import ReconstructingWork
from app.training.tasks.variational_autoencoder import VariationalAutoencoderWork

MOST_SAMPLES = 200


class CodesWork(ProbeWork):
    """`codes` (n, 2) of samples held back, or (n, 1), in the two numbers of the code that tell most: of clouds those
    with most nats, else those that vary most. `spread`, of the same shape, is the standard deviation of each sample's
    cloud, where it has one. `labels` (n,) int32 are their classes, where there are any.

    `about.numbers` are those two, or the only one; `about.rest` (code,) is where the other numbers stand when a
    point of the plane is drawn: at 0 for clouds, which are drawn towards it, else at the mean of the samples.
    `about.classes` is how many the decoder reads beside the code, 0 where it reads none.
    """

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        if not isinstance(look.work, ReconstructingWork):
            raise ValueError(f"Expected a network that draws samples again, but got {look.work}.")
        self.work = look.work
        rows, places = chosen_samples(look, MOST_SAMPLES)
        self.x = look.work.entered(look.samples.at(torch.from_numpy(places)))
        known = isinstance(look.experiment.dataset.target(), Classes) and not look.asked
        self.labels: Arrays = {"labels": look.samples.prepared.targets[rows].astype("int32")} if known else {}
        sides = look.experiment.ends["decoder"].sides.values()
        self.classes = sum(side.count for side in sides if isinstance(side, Classes))

    def take(self) -> tuple[dict[str, Any], Arrays]:
        spread: Tensor | None = None
        if isinstance(self.work, VariationalAutoencoderWork):
            cloud = self.work.cloud(self.look.networks, self.x)
            codes, spread = cloud.middle, (cloud.log_variance / 2).exp()
            telling, rest = cloud.told().mean(dim=0), torch.zeros(codes.shape[1])
        else:
            codes = self.work.codes(self.look.networks, self.x)
            telling, rest = codes.var(dim=0, correction=0), codes.mean(dim=0)
        numbers = telling.argsort(descending=True, stable=True)[:2].sort().values
        arrays: Arrays = {"codes": codes[:, numbers].numpy(), **self.labels}
        if spread is not None:
            arrays["spread"] = spread[:, numbers].numpy()
        return {
            "cars": [],
            "numbers": numbers.tolist(),
            "rest": rest.nan_to_num(0, 0, 0).tolist(),
            "classes": self.classes,
        }, arrays
