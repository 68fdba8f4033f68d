"""What every set of points on the plane owes: points, and the features of a point that the network is given."""

from collections.abc import Callable
from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array, Dataset
from app.parts.part import setting
from app.parts.problem import Edit, Fix, Problem
from app.parts.shapes import Features, Shape

HALF_SIDE = 6.0  # the plane that is shown reaches from -6 to 6 on both axes

Feature = Literal["x1", "x2", "x1_squared", "x2_squared", "x1_x2", "sin_x1", "sin_x2", "cos_x1", "cos_x2"]
FEATURES: dict[Feature, Callable[[Array], Array]] = {
    "x1": lambda p: p[:, 0],
    "x2": lambda p: p[:, 1],
    "x1_squared": lambda p: p[:, 0] ** 2,
    "x2_squared": lambda p: p[:, 1] ** 2,
    "x1_x2": lambda p: p[:, 0] * p[:, 1],
    "sin_x1": lambda p: np.sin(p[:, 0]),
    "sin_x2": lambda p: np.sin(p[:, 1]),
    "cos_x1": lambda p: np.cos(p[:, 0]),
    "cos_x2": lambda p: np.cos(p[:, 1]),
}
FEATURE_SYMBOLS: dict[Feature, str] = {
    "x1": "x₁",
    "x2": "x₂",
    "x1_squared": "x₁²",
    "x2_squared": "x₂²",
    "x1_x2": "x₁x₂",
    "sin_x1": "sin x₁",
    "sin_x2": "sin x₂",
    "cos_x1": "cos x₁",
    "cos_x2": "cos x₂",
}


class PlaneDataset(Dataset):
    """Points on the plane; raw samples are (n, 2)."""

    group: ClassVar[str] = "plane"
    surface: ClassVar[Literal["plane", "line", ""]] = "plane"

    features: list[Feature] = setting(
        ["x1", "x2"],
        "Features",
        "What the network is told of a point. A good feature can replace a layer.",
        min_length=1,
        max_length=9,
        labels=FEATURE_SYMBOLS,
    )

    def inputs(self) -> Shape:
        return Features(size=len(self.features))

    def input_names(self) -> list[str]:
        return [FEATURE_SYMBOLS[feature] for feature in self.features]

    def encode(self, raw: Array) -> Array:
        return np.stack([FEATURES[feature](raw) for feature in self.features], axis=1)

    def check(self) -> None:
        once = list(dict.fromkeys(self.features))
        if once != self.features:
            raise Problem(
                "A feature is chosen twice, which tells the network nothing new.",
                place="/features",
                fixes=(Fix("Keep each one once", edits=(Edit("replace", "/features", once),)),),
            )
        super().check()
