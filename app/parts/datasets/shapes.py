"""Pictures of one shape each."""

from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.labelled import Labelled
from app.parts.datasets.shape_pictures import ShapePictures
from app.parts.shapes import Classes


class Shapes(ShapePictures, Labelled):
    """A circle, a square, a triangle … somewhere in the picture, turned, in any size: which is it?

    A convolution finds a shape wherever it lies. A dense layer has to learn every place anew, which
    takes far more pictures.
    """

    title: ClassVar[str] = "Shapes"
    also: ClassVar[tuple[str, ...]] = ("circle", "square", "triangle", "star", "geometry", "pictures")

    kind: Literal["shapes"] = "shapes"

    def target(self) -> Classes:
        return Classes(names=self.form_names)

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        kinds = np.arange(self.samples) % self.classes
        pictures = self.ground(random)
        shapes = self.shapes(random, kinds)
        places = random.uniform(-1, 1, (self.samples, 2)) * self.room(shapes)[:, None]
        self.lay(pictures, shapes, places + pictures.shape[-1] / 2)
        return self.grained(pictures, random), kinds
