"""Wines of three cultivars."""

from typing import ClassVar, Literal

from app.parts.datasets.labelled import Labelled
from app.parts.datasets.real import samples_of
from app.parts.datasets.real_table import RealTable


class Wine(RealTable, Labelled):
    """178 wines from one region of Italy, made of three kinds of grape: tell the kind from thirteen measurements.

    Source: Forina et al. 1988, UCI Wine, by way of scikit-learn.
    """

    title: ClassVar[str] = "Wine"
    loader: ClassVar[str] = "load_wine"
    columns: ClassVar[tuple[str, ...]] = (
        "alcohol",
        "malic acid",
        "ash",
        "alcalinity of ash",
        "magnesium",
        "total phenols",
        "flavanoids",
        "nonflavanoid phenols",
        "proanthocyanins",
        "color intensity",
        "hue",
        "od280/od315 of diluted wines",
        "proline",
    )
    class_names: ClassVar[tuple[str, ...]] = ("grape 1", "grape 2", "grape 3")

    kind: Literal["wine"] = "wine"
    samples: int = samples_of(178)
