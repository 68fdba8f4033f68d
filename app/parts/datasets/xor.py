"""Four quarters, opposite ones alike."""

from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.generated import GeneratedPlane
from app.parts.datasets.labelled import Labelled

REACH = (0.3, 5.0)  # distance of the points from either axis, in units of the plane


class Xor(GeneratedPlane, Labelled):
    """Four quarters of the plane, opposite ones of one class: the classic puzzle that one neuron cannot solve.

    Blue where x₁ and x₂ have the same sign. Source: Minsky and Papert 1969, Perceptrons.
    """

    title: ClassVar[str] = "XOR"
    also: ClassVar[tuple[str, ...]] = ("exclusive or", "quarters")

    kind: Literal["xor"] = "xor"

    def points(self, random: np.random.Generator) -> tuple[Array, Array]:
        quarter = np.arange(self.samples) % 4
        signs = np.array([[1, 1], [1, -1], [-1, -1], [-1, 1]])[quarter]
        return signs * random.uniform(*REACH, (self.samples, 2)), 1 - quarter % 2
