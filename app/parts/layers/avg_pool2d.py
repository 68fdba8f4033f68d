"""The mean under a window."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Twin
from app.parts.layers.pooling import Pooling
from app.parts.shapes import Image, Series


class AvgPool2d(Pooling[Image]):
    """Takes the mean of the numbers under each window, in every channel by itself.

    Use it to make pictures smaller and smoother; where only the strongest match matters, max pooling keeps more of it.
    It learns nothing. Padding counts as zeros. Source: LeCun et al. 1998, doi.org/10.1109/5.726791.
    """

    title: ClassVar[str] = "Average pooling 2-D"
    makes: ClassVar[Literal["max", "mean"]] = "mean"
    formula: ClassVar[str] = "y[c, r, q] = Σ x[c, s·r + u − p, s·q + v − p] / k²"
    also: ClassVar[tuple[str, ...]] = ("avgpool", "mean pooling", "subsampling", "downsampling")
    bends: ClassVar[bool] = False
    twin: ClassVar[Twin | None] = Twin("avg_pool1d", "Average pooling 1-D", Series)

    kind: Literal["avg_pool2d"] = "avg_pool2d"
