"""Photographs of faces, and of what is none."""

from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.labelled import Labelled
from app.parts.datasets.real import RealSet, samples_of
from app.parts.shapes import Image

FACES, SIDE = 100, 25  # the first 100 pictures are the faces; pixels


class Faces(RealSet, Labelled):
    """100 faces and 100 pieces of background from press photographs, 25 × 25 pixels of grey from 0 to 1: face or not?

    So few that a network soon knows them by heart: what augmentation is made for.
    Source: Huang et al. 2007, Labeled Faces in the Wild, by way of scikit-image.
    """

    title: ClassVar[str] = "Faces"
    group: ClassVar[str] = "picture"
    also: ClassVar[tuple[str, ...]] = ("lfw", "people", "photographs", "detection")
    package: ClassVar[str] = "skimage.data"
    loader: ClassVar[str] = "lfw_subset"
    class_names: ClassVar[tuple[str, ...]] = ("no face", "face")

    kind: Literal["faces"] = "faces"
    samples: int = samples_of(2 * FACES)

    def inputs(self) -> Image:
        return Image(channels=1, height=SIDE, width=SIDE)

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        if loaded is not None:  # the pictures come alone; their order says what they are
            loaded = loaded[0], (np.arange(len(loaded[0])) < FACES).astype(np.int64)
        pixels, classes = super().draw(random, loaded)
        return pixels[:, None].astype(np.float32), classes
