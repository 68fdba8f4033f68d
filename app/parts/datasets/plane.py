"""A tilted plane: a number that grows evenly in one direction."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Array
from app.parts.datasets.plane_numbers import PlaneNumbers


class Plane(PlaneNumbers):
    """A number that grows evenly from one corner to the other: one neuron without activation is enough."""

    title: ClassVar[str] = "Tilted plane"
    formula: ClassVar[str] = "y = (x₁ + x₂) / 10"
    also: ClassVar[tuple[str, ...]] = ("linear", "regression")

    kind: Literal["plane"] = "plane"

    def truth(self, points: Array) -> Array:
        return points.sum(axis=1) / 10
