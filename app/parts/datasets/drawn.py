"""What every set of drawn pictures owes: how many there are, and noise over everything."""

from typing import ClassVar

import numpy as np

from app.parts.datasets.dataset import Array, Dataset
from app.parts.part import setting
from app.parts.shapes import Image

SIDE = 32  # pixels


class Drawn(Dataset):
    """Square pictures made by a rule; raw samples are (n, channels, 32, 32) from 0 to 1."""

    group: ClassVar[str] = "picture"

    samples: int = setting(
        4000, "Pictures", "How many pictures are drawn, all splits together.", ge=20, le=10_000, step=10, log=True
    )
    noise: float = setting(
        0.05,
        "Noise",
        "How far each pixel strays, as the standard deviation of its brightness from 0 to 1.",
        ge=0,
        le=0.5,
        step=0.01,
    )

    def inputs(self) -> Image:
        return Image(channels=1, height=SIDE, width=SIDE)

    def size(self) -> int:
        return self.samples

    def grained(self, pictures: Array, random: np.random.Generator) -> Array:
        """The pictures with noise over them, within 0 and 1."""
        if self.noise:
            pictures = pictures + np.float32(self.noise) * random.standard_normal(pictures.shape, np.float32)
        return np.clip(pictures, 0, 1)
