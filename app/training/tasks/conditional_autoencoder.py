"""What a conditional autoencoder computes."""

import torch
from torch import Tensor

from app.training.data.batch import Batch
from app.training.tasks.reconstructing import ReconstructingWork
from app.training.tasks.work import Networks


class ConditionalAutoencoderWork(ReconstructingWork):
    """The decoder reads the class beside the code."""

    def drawn(self, networks: Networks, x: Tensor, batch: Batch) -> Tensor:
        return networks["decoder"](networks["encoder"](x), label=batch.inputs["label"])

    def to_order(self, networks: Networks, x: Tensor, classes: int) -> Tensor:
        """Every sample (n, …) drawn as every class in its own hand: (n, classes, …)."""
        codes = networks["encoder"](x).repeat_interleave(classes, dim=0)
        labels = torch.arange(classes).repeat(len(x))
        return networks["decoder"](codes, label=labels).unflatten(0, (len(x), classes))
