"""Choosing one of several classes."""

from typing import ClassVar, Literal

from app.parts.metrics import ACCURACY, LOSS, MACRO_F1, Metric
from app.parts.shapes import Classes, Shape
from app.parts.tasks.task import Task


class Classification(Task):
    """Chooses one of several classes for each sample.

    Use it where the answer is a name: a colour, a kind of flower, a digit. The network gives a score for each class.
    """

    title: ClassVar[str] = "Classification"
    needs: ClassVar[tuple[type[Shape], ...]] = (Classes,)
    metrics: ClassVar[tuple[Metric, ...]] = (LOSS, ACCURACY, MACRO_F1)
    score: ClassVar[Metric] = ACCURACY
    shown: ClassVar[tuple[Metric, ...]] = (ACCURACY, LOSS)
    nothing: ClassVar[str] = "After {steps} steps the network is no better than always naming the most frequent class."
    kind: Literal["classification"] = "classification"
