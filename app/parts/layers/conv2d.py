"""Filters that slide over a picture."""

from typing import ClassVar, Literal

from app.parts.layers.convolution import Convolution
from app.parts.layers.layer import Twin
from app.parts.shapes import Image, Series


class Conv2d(Convolution[Image]):
    """Slides small filters over the picture; each reports, place by place, how well it matches what lies under it.

    Use it for pictures: a filter finds its pattern wherever it is, with few weights. Groups as many as channels make
    it depthwise: each filter looks at one channel only. Source: LeCun et al. 1989, doi.org/10.1162/neco.1989.1.4.541.
    """

    title: ClassVar[str] = "Convolution 2-D"
    formula: ClassVar[str] = "y[o, r, c] = Σ K[o, i, u, v] · x[i, s·r + d·u − p, s·c + d·v − p] + b[o]"
    also: ClassVar[tuple[str, ...]] = ("conv", "cnn", "filter", "kernel", "depthwise")
    twin: ClassVar[Twin | None] = Twin("conv1d", "Convolution 1-D", Series)

    kind: Literal["conv2d"] = "conv2d"
