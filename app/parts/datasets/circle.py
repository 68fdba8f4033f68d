"""A disc inside a ring."""

from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.generated import GeneratedPlane
from app.parts.datasets.labelled import Labelled

INNER = 2.5  # radius of the disc, in units of the plane
RING = (3.5, 5.0)


class Circle(GeneratedPlane, Labelled):
    """A disc of one class inside a ring of the other: no straight line can part them."""

    title: ClassVar[str] = "Circle"
    kind: Literal["circle"] = "circle"

    def points(self, random: np.random.Generator) -> tuple[Array, Array]:
        classes = np.arange(self.samples) % 2
        radius = np.where(
            classes == 1, INNER * np.sqrt(random.random(self.samples)), random.uniform(*RING, self.samples)
        )
        angle = random.uniform(0, 2 * np.pi, self.samples)
        return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1), classes
