"""What every generated set of points with a number for each owes: the number at any place of the plane."""

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.generated import GeneratedPlane
from app.parts.datasets.on_plane import HALF_SIDE
from app.parts.shapes import Features


class PlaneNumbers(GeneratedPlane):
    """Points all over the plane, each with a number to be predicted, about −1 to 1."""

    def target(self) -> Features:
        return Features(size=1)

    def truth(self, points: Array) -> Array:
        """The number (n,) at points (n, 2), without noise."""
        raise NotImplementedError

    def points(self, random: np.random.Generator) -> tuple[Array, Array]:
        exact = random.uniform(-HALF_SIDE, HALF_SIDE, (self.samples, 2))
        return exact, self.truth(exact)[:, None]
