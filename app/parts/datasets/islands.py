"""Small round clouds far apart."""

from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array, Gathering
from app.parts.datasets.generated import GeneratedPlane
from app.parts.datasets.labelled import Labelled
from app.parts.datasets.on_plane import NAMES
from app.parts.part import setting
from app.parts.shapes import Classes

REACH = 4.0  # from the middle to the ring, or to the outer rows of the grid, in units of the plane


class Islands(GeneratedPlane, Labelled):
    """Small round clouds with nothing between them, in a ring or a grid, each a class of its own.

    Made for networks that generate: it is seen at once which islands they reach, and what they put into the sea.
    """

    title: ClassVar[str] = "Islands"
    also: ClassVar[tuple[str, ...]] = ("mixture of gaussians", "modes", "ring", "grid", "mode collapse")
    standardize: ClassVar[bool] = False  # pyright: ignore[reportIncompatibleVariableOverride]  islands stay in place

    kind: Literal["islands"] = "islands"
    layout: Literal["ring", "grid"] = setting(
        "ring", "Layout", "Where the islands lie.", labels={"ring": "in a ring", "grid": "in a grid"}
    )
    islands: int = setting(
        8, "Islands", "How many there are; of a grid, the nearest square number: 25 is 5 × 5.", ge=2, le=36
    )
    noise: float = setting(
        0.25,
        "Width",
        "How far points stray from the middle of their island, as the standard deviation in units of the plane.",
        ge=0.01,
        le=2,
        step=0.01,
    )

    def target(self) -> Classes:
        return Classes(names=tuple(str(number + 1) for number in range(len(self.middles()))))

    def middles(self) -> Array:
        """The middle of each island (islands, 2)."""
        if self.layout == "ring":
            angle = 2 * np.pi * np.arange(self.islands) / self.islands
            return REACH * np.stack([np.cos(angle), np.sin(angle)], axis=1)
        side = max(round(self.islands**0.5), 2)
        row = np.linspace(-REACH, REACH, side)
        return np.stack(np.meshgrid(row, row), axis=-1).reshape(-1, 2)

    def gathering(self) -> Gathering | None:
        seen = [*self.features, *self.formulas]
        return Gathering(self.middles(), self.noise) if seen == list(NAMES) else None

    def points(self, random: np.random.Generator) -> tuple[Array, Array]:
        middles = self.middles()
        island = np.arange(self.samples) % len(middles)
        return middles[island], island
