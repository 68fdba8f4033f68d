"""What every set of points on a line owes: a curve to be followed, and where its points end."""

from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array, Dataset
from app.parts.part import setting
from app.parts.shapes import Features, Shape


class LineDataset(Dataset):
    """A number x in, a number y out; raw samples are (n, 1)."""

    group: ClassVar[str] = "line"
    surface: ClassVar[Literal["plane", "line", ""]] = "line"
    domain: ClassVar[tuple[float, float]] = (-5.0, 5.0)  # where there are samples
    shown: ClassVar[tuple[float, float]] = (-8.0, 8.0)  # wider, to see what a network makes of what it never saw

    samples: int = setting(200, "Points", "How many points, all splits together.", ge=20, le=5000, step=10)
    noise: float = setting(
        0.1, "Noise", "How far points stray from the curve, as the standard deviation of y.", ge=0, le=2, step=0.05
    )

    def inputs(self) -> Shape:
        return Features(size=1)

    def target(self) -> Features:
        return Features(size=1)

    def input_names(self) -> list[str]:
        return ["x"]

    def size(self) -> int:
        return self.samples

    def truth(self, x: Array) -> Array:
        """The curve itself, without noise: y for x, both (n,)."""
        raise NotImplementedError

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        x = random.uniform(*self.domain, self.samples)
        return x[:, None], (self.truth(x) + self.noise * random.standard_normal(self.samples))[:, None]
