"""CIFAR-10 from the operator's files."""

from typing import ClassVar, Literal

from app.parts.datasets.operators import OperatorsSet, pictures_of
from app.parts.shapes import Image


class Cifar10(OperatorsSet):
    """60,000 small photographs of ten kinds of things, 32 × 32 pixels in colour: much harder than digits.

    It is read from files in its own binary format, in the folder that the setting TRAINYARD_DATASETS names on the
    server. Source: Krizhevsky 2009, Learning Multiple Layers of Features from Tiny Images.
    """

    title: ClassVar[str] = "CIFAR-10"
    also: ClassVar[tuple[str, ...]] = ("photos", "objects", "animals", "vehicles")
    loader: ClassVar[str] = "cifar10"
    image: ClassVar[Image] = Image(channels=3, height=32, width=32)
    class_names: ClassVar[tuple[str, ...]] = (
        "airplane",
        "automobile",
        "bird",
        "cat",
        "deer",
        "dog",
        "frog",
        "horse",
        "ship",
        "truck",
    )

    kind: Literal["cifar10"] = "cifar10"
    samples: int = pictures_of(60_000)
