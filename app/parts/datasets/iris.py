"""Fisher's irises."""

from typing import ClassVar, Literal

from app.parts.datasets.labelled import Labelled
from app.parts.datasets.real import samples_of
from app.parts.datasets.real_table import RealTable


class Iris(RealTable, Labelled):
    """150 flowers of three kinds of iris: tell the kind from four lengths.

    Source: Fisher 1936, by way of scikit-learn.
    """

    title: ClassVar[str] = "Iris"
    also: ClassVar[tuple[str, ...]] = ("flowers", "fisher")
    loader: ClassVar[str] = "load_iris"
    columns: ClassVar[tuple[str, ...]] = (
        "sepal length (cm)",
        "sepal width (cm)",
        "petal length (cm)",
        "petal width (cm)",
    )
    class_names: ClassVar[tuple[str, ...]] = ("setosa", "versicolor", "virginica")

    kind: Literal["iris"] = "iris"
    samples: int = samples_of(150)
