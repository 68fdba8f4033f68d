"""The mean under a window that moves along a series."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Twin
from app.parts.layers.pooling import Pooling
from app.parts.shapes import Image, Series


class AvgPool1d(Pooling[Series]):
    """Takes the mean of the numbers under each window, in every channel by itself.

    Use it to make series shorter and smoother; where only the strongest match matters, max pooling keeps more of it.
    It learns nothing. Padding counts as zeros.
    """

    title: ClassVar[str] = "Average pooling 1-D"
    makes: ClassVar[Literal["max", "mean"]] = "mean"
    formula: ClassVar[str] = "y[c, t] = Σ x[c, s·t + u − p] / k"
    also: ClassVar[tuple[str, ...]] = ("avgpool", "mean pooling", "moving average", "subsampling", "downsampling")
    bends: ClassVar[bool] = False
    twin: ClassVar[Twin | None] = Twin("avg_pool2d", "Average pooling 2-D", Image)

    kind: Literal["avg_pool1d"] = "avg_pool1d"
