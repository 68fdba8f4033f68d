"""Giving a label to each place of a sequence."""

from typing import ClassVar, Literal

from app.parts.metrics import ACCURACY, EXACT, LOSS, Metric
from app.parts.shapes import Shape, Tags
from app.parts.tasks.task import Task


class Tagging(Task):
    """Chooses one of several labels at every place of a sequence: what kind of word stands there, what may come next.

    The network gives a score for each label at each place, so it keeps the sequence to its end. Places that only fill
    up count nothing, neither in the loss nor in a metric.
    """

    title: ClassVar[str] = "Tagging"
    also: ClassVar[tuple[str, ...]] = ("sequence labelling", "token classification", "part of speech", "counting")
    needs: ClassVar[tuple[type[Shape], ...]] = (Tags,)
    metrics: ClassVar[tuple[Metric, ...]] = (LOSS, ACCURACY, EXACT)
    # Of places most are easy in many a set: only a row without a mistake shows that the rule was learned.
    score: ClassVar[Metric] = EXACT
    shown: ClassVar[tuple[Metric, ...]] = (EXACT, ACCURACY, LOSS)
    nothing: ClassVar[str] = "After {steps} steps the network is no better than always naming the most frequent class."
    predicts: ClassVar[bool] = False

    kind: Literal["tagging"] = "tagging"
