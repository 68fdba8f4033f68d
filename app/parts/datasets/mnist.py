"""MNIST, or any set in its form, from the operator's files."""

from typing import ClassVar, Literal

from app.parts.datasets.operators import OperatorsSet, pictures_of
from app.parts.shapes import Image


class Mnist(OperatorsSet):
    """70,000 digits written by hand, 28 × 28 pixels of grey: the set on which everybody compares.

    It is read from files in its own format (idx), in the folder that the setting TRAINYARD_DATASETS names on the
    server. Source: LeCun, Cortes and Burges 1998.
    """

    title: ClassVar[str] = "MNIST"
    also: ClassVar[tuple[str, ...]] = ("handwriting", "digits", "idx", "fashion")
    loader: ClassVar[str] = "mnist"
    image: ClassVar[Image] = Image(channels=1, height=28, width=28)
    class_names: ClassVar[tuple[str, ...]] = tuple("0123456789")

    kind: Literal["mnist"] = "mnist"
    samples: int = pictures_of(70_000)
