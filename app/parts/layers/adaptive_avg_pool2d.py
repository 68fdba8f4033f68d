"""Means, as many as wanted."""

from typing import ClassVar, Literal

from app.parts.layers.adaptive import AdaptivePool
from app.parts.layers.layer import Twin
from app.parts.shapes import Image, Series


class AdaptiveAvgPool2d(AdaptivePool[Image]):
    """Divides the picture into a grid of the size you say, and takes the mean of each field, whatever comes in.

    Use it before linear layers, so that their number of weights does not depend on the size of the picture.
    """

    title: ClassVar[str] = "Adaptive average pooling 2-D"
    makes: ClassVar[Literal["max", "mean"]] = "mean"
    formula: ClassVar[str] = "y[c, r, q] = mean of x[c] in field (r, q) of a grid"
    also: ClassVar[tuple[str, ...]] = ("avgpool", "mean pooling", "adaptive pooling")
    bends: ClassVar[bool] = False
    twin: ClassVar[Twin | None] = Twin("adaptive_avg_pool1d", "Adaptive average pooling 1-D", Series)

    kind: Literal["adaptive_avg_pool2d"] = "adaptive_avg_pool2d"
