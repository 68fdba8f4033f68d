"""Normalising each channel of each picture."""

from typing import ClassVar, Literal

from app.parts.layers.instance_norm import InstanceNorm
from app.parts.layers.layer import Twin
from app.parts.shapes import Image, Series


class InstanceNorm2d(InstanceNorm[Image]):
    """Shifts and scales each channel of each picture to mean 0 and spread 1, by its own pixels alone.

    Use it where brightness and contrast say nothing, as in style transfer. Source: Ulyanov et al. 2016,
    arXiv:1607.08022.
    """

    title: ClassVar[str] = "Instance normalisation 2-D"
    twin: ClassVar[Twin | None] = Twin("instance_norm1d", "Instance normalisation 1-D", Series)

    kind: Literal["instance_norm2d"] = "instance_norm2d"
