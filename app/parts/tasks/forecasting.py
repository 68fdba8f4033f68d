"""Telling the next value of a series."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.problem import Problem
from app.parts.tasks.regression import Regression


class Forecasting(Regression):
    """Predicts the next value of a series from the values before it. Fed with its own answers, it goes on.

    Use it where something is measured again and again: a temperature, a load, a price. A forecast is worth
    something only if it beats “the same as last”.
    """

    title: ClassVar[str] = "Forecasting"
    also: ClassVar[tuple[str, ...]] = ("time series", "next value", "prediction", "autoregressive")
    kind: Literal["forecasting"] = "forecasting"  # pyright: ignore[reportIncompatibleVariableOverride]

    def check(self, dataset: Dataset) -> None:
        super().check(dataset)
        if not dataset.in_order:
            raise Problem("{task} needs a series whose next value is the target.", task=type(self).title)
