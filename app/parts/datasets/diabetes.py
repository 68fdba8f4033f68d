"""Patients with diabetes, and how their illness went on."""

from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.real import samples_of
from app.parts.datasets.real_table import RealTable
from app.parts.shapes import Features

POINTS = 100  # the score of the illness is given in hundreds of points, so that losses are of the size of 1


class Diabetes(RealTable):
    """442 patients with diabetes: predict from ten measurements how far the illness has gone on a year later.

    The target is a measure of how far it has gone, in hundreds of points, 0.25 to 3.46. Nobody predicts it well: an
    R² of 0.5 is good.
    Source: Efron et al. 2004, by way of scikit-learn.
    """

    title: ClassVar[str] = "Diabetes"
    also: ClassVar[tuple[str, ...]] = ("medicine", "regression")
    loader: ClassVar[str] = "load_diabetes"
    loader_options: ClassVar[dict[str, bool]] = {"scaled": False}  # in years and mmHg instead of shares of the spread
    columns: ClassVar[tuple[str, ...]] = (
        "age (years)",
        "sex (1 or 2)",
        "body mass index (kg/m²)",
        "average blood pressure (mmHg)",
        "total serum cholesterol",
        "low-density lipoproteins",
        "high-density lipoproteins",
        "total cholesterol / HDL",
        "log of serum triglycerides",
        "blood sugar level",
    )

    kind: Literal["diabetes"] = "diabetes"
    samples: int = samples_of(442)

    def target(self) -> Features:
        return Features(size=1)

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        raw, scores = super().draw(random, loaded)
        return raw, scores[:, None] / POINTS
