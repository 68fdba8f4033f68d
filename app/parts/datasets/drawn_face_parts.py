"""Drawn faces, with a mask that says for each pixel which part of a face it shows."""

from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.drawn import SIDE, Drawn
from app.parts.datasets.face_drawing import HAIRS, MOODS, PARTS, Looks, drawn_faces
from app.parts.part import setting
from app.parts.shapes import Mask


class DrawnFaceParts(Drawn):
    """The drawn faces without glasses: which pixel belongs to the hair, the face, the eyes, the nose, the mouth?

    The target is a mask, a class for every pixel. Small parts are hard: an eye is only a few pixels large.
    """

    title: ClassVar[str] = "Parts of drawn faces"
    also: ClassVar[tuple[str, ...]] = ("segmentation", "mask", "eyes", "mouth", "u-net")

    kind: Literal["drawn_face_parts"] = "drawn_face_parts"
    samples: int = setting(
        1000, "Pictures", "How many pictures are drawn, all splits together.", ge=20, le=5000, step=10, log=True
    )

    def target(self) -> Mask:
        return Mask(names=PARTS, height=SIDE, width=SIDE)

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        moods, hairs = (random.permutation(self.samples) % len(names) for names in (MOODS, HAIRS))
        pictures, masks = drawn_faces(random, Looks(moods, hairs, np.zeros(self.samples, np.int64)), variety=1.0)
        return self.grained(pictures, random), masks
