"""Pictures of several shapes, with a mask that says for each pixel what it shows."""

from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.drawn import SIDE
from app.parts.datasets.painting import HALF
from app.parts.datasets.shape_pictures import ShapePictures
from app.parts.part import setting
from app.parts.shapes import Mask

MOST_SHAPES = 4
TRIES = 12  # places that are looked at for each shape; the freest is taken


class ShapeMasks(ShapePictures):
    """Several shapes in one picture: which pixel belongs to a circle, which to a square, which to none?

    The target is a mask, a class for every pixel. A network that answers it must keep the picture to its end.
    """

    title: ClassVar[str] = "Shapes with masks"
    also: ClassVar[tuple[str, ...]] = ("segmentation", "u-net", "mask", "pixels")

    kind: Literal["shape_masks"] = "shape_masks"
    samples: int = setting(
        2000, "Pictures", "How many pictures are drawn, all splits together.", ge=20, le=5000, step=10, log=True
    )
    classes: int = setting(
        3,
        "Kinds of shapes",
        "How many kinds there are, in this order: circle, square, triangle, star, cross, ring, moon, heart.",
        ge=2,
        le=8,
    )
    shape_size: float = setting(
        10.0, "Size", "Width of a circle; the other shapes have its area.", ge=5, le=18, step=0.5, unit="pixels"
    )
    shapes_at_most: int = setting(
        3, "Shapes", "How many shapes a picture has at most; each has at least one.", ge=1, le=MOST_SHAPES
    )

    def target(self) -> Mask:
        return Mask(names=("background", *self.form_names), height=SIDE, width=SIDE)

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        pictures = self.ground(random)
        masks = np.zeros((self.samples, SIDE, SIDE), np.int64)
        counts = 1 + np.floor(random.uniform(0, self.shapes_at_most, self.samples))
        taken = np.empty((self.samples, 0, 3))  # x and y from the middle, and how far it reaches, of each shape so far
        for number in range(MOST_SHAPES):  # all are drawn by lot, so that one more leaves the others as they are
            kinds = np.floor(random.uniform(0, self.classes, self.samples)).astype(np.int64)
            shapes = self.shapes(random, kinds)
            tries = random.uniform(-1, 1, (self.samples, TRIES, 2)) * self.room(shapes)[:, None, None]
            places = _freest(tries, taken, shapes.reaches)
            taken = np.concatenate([taken, np.column_stack([places, shapes.reaches])[:, None]], axis=1)
            rows = np.flatnonzero(counts > number)
            some = pictures[rows]
            shares = self.lay(some, shapes.of(rows), places[rows] + SIDE / 2)
            pictures[rows] = some
            masks[rows] = np.where(shares >= HALF, 1 + kinds[rows, None, None], masks[rows])
        return self.grained(pictures, random), masks


def _freest(tries: Array, taken: Array, reaches: Array) -> Array:
    """Of several places for each picture (n, tries, 2), the one that leaves most room to what is `taken`: (n, 2)."""
    apart = np.linalg.norm(tries[:, :, None] - taken[:, None, :, :2], axis=-1) - taken[:, None, :, 2]
    gaps = apart.min(axis=2, initial=np.inf) - reaches[:, None]
    return tries[np.arange(len(tries)), gaps.argmax(axis=1)]
