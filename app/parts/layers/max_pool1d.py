"""The largest number under a window that moves along a series."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Twin
from app.parts.layers.pooling import Pooling
from app.parts.shapes import Image, Series


class MaxPool1d(Pooling[Series]):
    """Keeps the largest number under each window, in every channel by itself: did the pattern come at all?

    Use it behind convolutions to make series shorter: what follows sees more at a glance, and a pattern may come a
    moment earlier or later. It learns nothing. Padding never wins.
    """

    title: ClassVar[str] = "Max pooling 1-D"
    makes: ClassVar[Literal["max", "mean"]] = "max"
    formula: ClassVar[str] = "y[c, t] = max x[c, s·t + u − p]"
    also: ClassVar[tuple[str, ...]] = ("maxpool", "subsampling", "downsampling")
    twin: ClassVar[Twin | None] = Twin("max_pool2d", "Max pooling 2-D", Image)

    kind: Literal["max_pool1d"] = "max_pool1d"
