"""Normalising over the batch."""

from typing import ClassVar, Literal

from app.parts.layers.batch_norm import BatchNorm
from app.parts.layers.layer import Twin
from app.parts.shapes import Image, OneDimensional


class BatchNorm1d(BatchNorm[OneDimensional]):
    """Shifts and scales each number to mean 0 and spread 1 over the batch, then by a scale and a shift it learns.

    Use it in deep networks: they learn faster and bear a larger learning rate. It needs more than one sample in every
    batch; small batches make it noisy. Of a series, each channel is normalised over all its moments.
    Source: Ioffe and Szegedy 2015, arXiv:1502.03167.
    """

    title: ClassVar[str] = "Batch normalisation"
    twin: ClassVar[Twin | None] = Twin("batch_norm2d", "Batch normalisation 2-D", Image)

    kind: Literal["batch_norm1d"] = "batch_norm1d"
