"""Normalising each channel of each series."""

from typing import ClassVar, Literal

from app.parts.layers.instance_norm import InstanceNorm
from app.parts.layers.layer import Twin
from app.parts.shapes import Image, Series


class InstanceNorm1d(InstanceNorm[Series]):
    """Shifts and scales each channel of each series to mean 0 and spread 1, by its own moments alone.

    Use it where level and strength of a signal say nothing, such as how well an electrode touches the skin.
    Source: Ulyanov et al. 2016, arXiv:1607.08022.
    """

    title: ClassVar[str] = "Instance normalisation 1-D"
    twin: ClassVar[Twin | None] = Twin("instance_norm2d", "Instance normalisation 2-D", Image)

    kind: Literal["instance_norm1d"] = "instance_norm1d"
