"""Choosing one of several classes."""

from typing import ClassVar, Literal

from app.parts.shapes import Classes, Shape
from app.parts.tasks.task import Task


class Classification(Task):
    """Chooses one of several classes for each sample.

    Use it where the answer is a name: a colour, a kind of flower, a digit. The network gives a score for each class.
    """

    title: ClassVar[str] = "Classification"
    target: ClassVar[type[Shape]] = Classes
    metrics: ClassVar[dict[str, str]] = {"loss": "Loss", "accuracy": "Accuracy", "macro_f1": "Macro F1"}
    kind: Literal["classification"] = "classification"
