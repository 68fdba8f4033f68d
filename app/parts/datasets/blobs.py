"""Round clouds, one for each class."""

from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.generated import GeneratedPlane
from app.parts.datasets.labelled import COLOUR_NAMES, Labelled
from app.parts.part import setting
from app.parts.shapes import Classes

RING = 4.0  # distance of the clouds from the middle, in units of the plane
SPREAD = 0.6  # standard deviation of a cloud before noise


class Blobs(GeneratedPlane, Labelled):
    """Round clouds in a ring, one for each class: shows how a network tells more than two classes apart."""

    title: ClassVar[str] = "Blobs"
    also: ClassVar[tuple[str, ...]] = ("clusters", "clouds", "many classes")

    kind: Literal["blobs"] = "blobs"
    classes: int = setting(4, "Classes", "How many clouds, each a class of its own.", ge=2, le=10)

    def target(self) -> Classes:
        return Classes(names=COLOUR_NAMES[: self.classes])

    def points(self, random: np.random.Generator) -> tuple[Array, Array]:
        blob = np.arange(self.samples) % self.classes
        angle = 2 * np.pi * (blob + 0.5) / self.classes
        centre = RING * np.stack([np.cos(angle), np.sin(angle)], axis=1)
        return centre + SPREAD * random.standard_normal((self.samples, 2)), blob
