"""Filters that slide along a series."""

from typing import ClassVar, Literal

from app.parts.layers.convolution import Convolution
from app.parts.layers.layer import Twin
from app.parts.shapes import Image, Series


class Conv1d(Convolution[Series]):
    """Slides short filters along the series; each reports, moment by moment, how well it matches what lies under it.

    Use it for signals, such as a heartbeat or a sound: a filter finds its pattern whenever it comes. Groups as many as
    channels make it depthwise. Source: Waibel et al. 1989, doi.org/10.1109/29.21701.
    """

    title: ClassVar[str] = "Convolution 1-D"
    formula: ClassVar[str] = "y[o, t] = Σ K[o, i, u] · x[i, s·t + d·u − p] + b[o]"
    also: ClassVar[tuple[str, ...]] = ("conv", "cnn", "temporal", "tdnn", "depthwise")
    twin: ClassVar[Twin | None] = Twin("conv2d", "Convolution 2-D", Image)

    kind: Literal["conv1d"] = "conv1d"
