"""Curves: one number in, one number out."""

from collections.abc import Callable
from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.line import LineDataset
from app.parts.part import setting

Function = Literal["x_sin_x", "sine", "step", "absolute", "cubic", "sinc", "line"]
FUNCTIONS: dict[Function, Callable[[Array], Array]] = {
    "x_sin_x": lambda x: x * np.sin(x),
    "sine": np.sin,
    "step": lambda x: np.where(x < 0, -1.0, 1.0),
    "absolute": np.abs,
    "cubic": lambda x: x**3 / 20 - x,
    "sinc": np.sinc,  # sin(πx) / (πx), 1 at 0
    "line": lambda x: x / 2,
}
FUNCTION_LABELS: dict[Function, str] = {
    "x_sin_x": "x · sin x",
    "sine": "sin x",
    "step": "sgn x",
    "absolute": "|x|",
    "cubic": "x³/20 − x",
    "sinc": "sin πx / πx",
    "line": "x / 2",
}


class Curve(LineDataset):
    """One number in, one number out. The view goes on beyond the points, where a network can only guess."""

    title: ClassVar[str] = "Curve"
    also: ClassVar[tuple[str, ...]] = ("function", "sine", "regression", "extrapolation")

    kind: Literal["curve"] = "curve"
    function: Function = setting(
        "x_sin_x", "Function", "The curve that the points lie on, noise apart.", labels=FUNCTION_LABELS
    )

    def truth(self, x: Array) -> Array:
        return FUNCTIONS[self.function](x)
