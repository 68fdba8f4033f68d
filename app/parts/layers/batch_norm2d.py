"""Normalising the channels of pictures over the batch."""

from typing import ClassVar, Literal

from app.parts.layers.batch_norm import BatchNorm
from app.parts.layers.layer import Twin
from app.parts.shapes import Image, OneDimensional


class BatchNorm2d(BatchNorm[Image]):
    """Shifts and scales each channel to mean 0 and spread 1 over all pixels of the batch, then as it learns to.

    Use it behind convolutions in deep networks: they learn faster and bear a larger learning rate. Small batches make
    it noisy. Source: Ioffe and Szegedy 2015, arXiv:1502.03167.
    """

    title: ClassVar[str] = "Batch normalisation 2-D"
    twin: ClassVar[Twin | None] = Twin("batch_norm1d", "Batch normalisation", OneDimensional)

    kind: Literal["batch_norm2d"] = "batch_norm2d"
