"""Arms that wind around each other."""

from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.generated import GeneratedPlane
from app.parts.datasets.labelled import COLOUR_NAMES, Labelled
from app.parts.part import setting
from app.parts.shapes import Classes

RADIUS = (0.25, 5.2)  # where an arm begins and ends, in units of the plane


class Spiral(GeneratedPlane, Labelled):
    """Arms that wind around each other, one for each class: needs several neurons that work together."""

    title: ClassVar[str] = "Spiral"
    also: ClassVar[tuple[str, ...]] = ("arms", "two spirals")

    kind: Literal["spiral"] = "spiral"
    arms: int = setting(2, "Arms", "How many arms, each a class of its own.", ge=2, le=3)
    turns: float = setting(
        1.5, "Turns", "How often an arm winds around the middle. More turns are harder.", ge=0.25, le=4, step=0.25
    )

    def target(self) -> Classes:
        return Classes(names=COLOUR_NAMES[: self.arms])

    def points(self, random: np.random.Generator) -> tuple[Array, Array]:
        arm = np.arange(self.samples) % self.arms
        along = (np.arange(self.samples) // self.arms + random.random(self.samples)) / np.ceil(self.samples / self.arms)
        radius = RADIUS[0] + (RADIUS[1] - RADIUS[0]) * along
        angle = 2 * np.pi * (self.turns * along + arm / self.arms)
        return np.stack([radius * np.sin(angle), radius * np.cos(angle)], axis=1), arm
