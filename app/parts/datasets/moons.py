"""Two half moons that reach into each other."""

from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.generated import GeneratedPlane
from app.parts.datasets.labelled import Labelled

RADIUS = 3.0  # of either moon, in units of the plane
SHIFT = np.array([-1.5, -0.75])  # from the middle of the plane to the middle of the upper moon


class Moons(GeneratedPlane, Labelled):
    """Two half moons that reach into each other, so the boundary must bend twice.

    With few and noisy points a large network soon learns them by heart.
    """

    title: ClassVar[str] = "Moons"
    also: ClassVar[tuple[str, ...]] = ("two moons", "crescents")

    kind: Literal["moons"] = "moons"

    def points(self, random: np.random.Generator) -> tuple[Array, Array]:
        classes = np.arange(self.samples) % 2
        angle = random.uniform(0, np.pi, self.samples)
        upper = SHIFT + RADIUS * np.stack([np.cos(angle), np.sin(angle)], axis=1)
        return np.where(classes == 1, 1.0, -1.0)[:, None] * upper, classes
