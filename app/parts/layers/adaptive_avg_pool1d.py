"""Means along a series, as many as wanted."""

from typing import ClassVar, Literal

from app.parts.layers.adaptive import AdaptivePool
from app.parts.layers.layer import Twin
from app.parts.shapes import Image, Series


class AdaptiveAvgPool1d(AdaptivePool[Series]):
    """Divides the series into as many pieces as you say, and takes the mean of each, however long it is.

    Use it before linear layers, so that their number of weights does not depend on the length of the series.
    """

    title: ClassVar[str] = "Adaptive average pooling 1-D"
    makes: ClassVar[Literal["max", "mean"]] = "mean"
    formula: ClassVar[str] = "y[c, t] = mean of x[c] in piece t"
    also: ClassVar[tuple[str, ...]] = ("avgpool", "mean pooling", "adaptive pooling")
    bends: ClassVar[bool] = False
    twin: ClassVar[Twin | None] = Twin("adaptive_avg_pool2d", "Adaptive average pooling 2-D", Image)

    kind: Literal["adaptive_avg_pool1d"] = "adaptive_avg_pool1d"
