"""The largest number under a window."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Twin
from app.parts.layers.pooling import Pooling
from app.parts.shapes import Image, Series


class MaxPool2d(Pooling[Image]):
    """Keeps the largest number under each window, in every channel by itself: was the pattern here at all?

    Use it behind convolutions to make pictures smaller: what follows sees more at a glance, and a pattern may lie a
    pixel beside. It learns nothing. Padding never wins. Source: Ranzato et al. 2007, doi.org/10.1109/CVPR.2007.383157.
    """

    title: ClassVar[str] = "Max pooling 2-D"
    makes: ClassVar[Literal["max", "mean"]] = "max"
    formula: ClassVar[str] = "y[c, r, q] = max x[c, s·r + u − p, s·q + v − p]"
    also: ClassVar[tuple[str, ...]] = ("maxpool", "subsampling", "downsampling")
    twin: ClassVar[Twin | None] = Twin("max_pool1d", "Max pooling 1-D", Series)

    kind: Literal["max_pool2d"] = "max_pool2d"
