"""Predicting numbers."""

from typing import ClassVar, Literal

from app.parts.shapes import Features, Shape
from app.parts.tasks.task import Task


class Regression(Task):
    """Predicts a number for each sample.

    Use it where the answer is a quantity: a height, a price, a risk.
    """

    title: ClassVar[str] = "Regression"
    target: ClassVar[type[Shape]] = Features
    metrics: ClassVar[dict[str, str]] = {"loss": "Loss", "mae": "MAE", "rmse": "RMSE", "r2": "R²"}
    kind: Literal["regression"] = "regression"
