"""Breast tumours, benign or malignant."""

from typing import ClassVar, Literal

from app.parts.datasets.labelled import Labelled
from app.parts.datasets.real import samples_of
from app.parts.datasets.real_table import RealTable

MEASURES = (
    "radius",
    "texture",
    "perimeter",
    "area",
    "smoothness",
    "compactness",
    "concavity",
    "concave points",
    "symmetry",
    "fractal dimension",
)


class BreastCancer(RealTable, Labelled):
    """569 tumours, each described by thirty measures of its cell nuclei: benign or malignant?

    The columns differ in size by a factor of 100,000, so it shows why inputs are standardised.
    Source: Street, Wolberg and Mangasarian 1993, UCI Breast Cancer Wisconsin, by way of scikit-learn.
    """

    title: ClassVar[str] = "Breast cancer"
    also: ClassVar[tuple[str, ...]] = ("tumour", "wisconsin", "medicine")
    loader: ClassVar[str] = "load_breast_cancer"
    columns: ClassVar[tuple[str, ...]] = (
        *(f"mean {measure}" for measure in MEASURES),
        *(f"{measure} error" for measure in MEASURES),
        *(f"worst {measure}" for measure in MEASURES),
    )
    class_names: ClassVar[tuple[str, ...]] = ("malignant", "benign")

    kind: Literal["breast_cancer"] = "breast_cancer"
    samples: int = samples_of(569)
