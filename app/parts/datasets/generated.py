"""What every generated set of points owes: a number of samples, and noise laid over exact points."""

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.on_plane import HALF_SIDE, PlaneDataset
from app.parts.part import setting


class GeneratedPlane(PlaneDataset):
    """Points on the plane made by a rule, each then moved at random. A point keeps the target of where it came from."""

    samples: int = setting(500, "Points", "How many points, all splits together.", ge=20, le=5000, step=10)
    noise: float = setting(
        0.1,
        "Noise",
        "How far points stray, as the standard deviation in units of the plane. More noise blurs the boundary.",
        ge=0,
        le=2,
        step=0.05,
    )

    def size(self) -> int:
        return self.samples

    def points(self, random: np.random.Generator) -> tuple[Array, Array]:
        """Exact points (samples, 2) and their targets, before noise."""
        raise NotImplementedError

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        exact, targets = self.points(random)
        return _mirrored(exact + self.noise * random.standard_normal(exact.shape)), targets


def _mirrored(points: Array) -> Array:
    """Points that left the plane come back in, as far from its edge as they were outside: none is out of sight."""
    return HALF_SIDE - np.abs((points + HALF_SIDE) % (4 * HALF_SIDE) - 2 * HALF_SIDE)
