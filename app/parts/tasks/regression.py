"""Predicting numbers."""

from typing import ClassVar, Literal

from app.parts.metrics import LOSS, MAE, R2, RMSE, Metric
from app.parts.shapes import Features, Shape
from app.parts.tasks.task import Task


class Regression(Task):
    """Predicts a number for each sample.

    Use it where the answer is a quantity: a height, a price, a risk.
    """

    title: ClassVar[str] = "Regression"
    needs: ClassVar[tuple[type[Shape], ...]] = (Features,)
    metrics: ClassVar[tuple[Metric, ...]] = (LOSS, MAE, RMSE, R2)
    score: ClassVar[Metric] = R2
    shown: ClassVar[tuple[Metric, ...]] = (RMSE, LOSS)
    nothing: ClassVar[str] = "After {steps} steps the network is no better than always answering the mean."
    kind: Literal["regression"] = "regression"
