"""Hills and hollows."""

from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.plane_numbers import PlaneNumbers

# x₁, x₂ and the height of each middle, as in TensorFlow Playground's Multi gaussian
MIDDLES = np.array([[-4, 2.5, 1], [0, 2.5, -1], [4, 2.5, 1], [-4, -2.5, -1], [0, -2.5, 1], [4, -2.5, -1]])
REACH = 2.0  # a hill falls evenly to 0 at this distance from its middle


class MultiGaussian(PlaneNumbers):
    """Three hills and three hollows on flat ground: the network must bend the surface in six places.

    Source: the set Multi gaussian of TensorFlow Playground.
    """

    title: ClassVar[str] = "Hills and hollows"
    formula: ClassVar[str] = "y = ± max(0, 1 − r / 2)"
    also: ClassVar[tuple[str, ...]] = ("multi gaussian", "regression", "mountains")

    kind: Literal["multi_gaussian"] = "multi_gaussian"

    def truth(self, points: Array) -> Array:
        distance = np.linalg.norm(points[:, None] - MIDDLES[:, :2], axis=2)  # (n, 6); no two hills overlap
        return (MIDDLES[:, 2] * np.maximum(1 - distance / REACH, 0)).sum(axis=1)
