"""Two round clouds."""

from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.generated import GeneratedPlane
from app.parts.datasets.labelled import Labelled

CENTRES = np.array([[-2.0, -2.0], [2.0, 2.0]])
SPREAD = 0.9  # standard deviation of a cloud before noise, in units of the plane


class Gaussians(GeneratedPlane, Labelled):
    """Two round clouds, one for each class: a straight line parts them, so one neuron is enough."""

    title: ClassVar[str] = "Gaussians"
    also: ClassVar[tuple[str, ...]] = ("clouds", "normal")

    kind: Literal["gaussians"] = "gaussians"

    def points(self, random: np.random.Generator) -> tuple[Array, Array]:
        classes = np.arange(self.samples) % 2
        return CENTRES[classes] + SPREAD * random.standard_normal((self.samples, 2)), classes
