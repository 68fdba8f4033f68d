"""Largest numbers, as many as wanted."""

from typing import ClassVar, Literal

from app.parts.layers.adaptive import AdaptivePool
from app.parts.shapes import Image


class AdaptiveMaxPool2d(AdaptivePool[Image]):
    """Divides the picture into a grid of the size you say, and keeps the largest number of each field.

    Use it before linear layers, so that their number of weights does not depend on the size of the picture, where the
    strongest match matters and not the mean.
    """

    title: ClassVar[str] = "Adaptive max pooling 2-D"
    makes: ClassVar[Literal["max", "mean"]] = "max"
    formula: ClassVar[str] = "y[c, r, q] = largest of x[c] in field (r, q) of a grid"
    also: ClassVar[tuple[str, ...]] = ("maxpool", "adaptive pooling")

    kind: Literal["adaptive_max_pool2d"] = "adaptive_max_pool2d"
