"""Choosing a class for every pixel."""

from typing import ClassVar, Literal

from app.parts.metrics import LOSS, MEAN_IOU, PIXEL_ACCURACY, Metric
from app.parts.shapes import Mask, Shape
from app.parts.tasks.task import Task


class Segmentation(Task):
    """Chooses one of several classes for every pixel of a picture.

    Use it where the answer is a place and an outline: which pixels are road, which are tumour, which are cat? The
    network gives a score for each class at each pixel, so it keeps the picture to its end.
    """

    title: ClassVar[str] = "Segmentation"
    needs: ClassVar[tuple[type[Shape], ...]] = (Mask,)
    metrics: ClassVar[tuple[Metric, ...]] = (LOSS, PIXEL_ACCURACY, MEAN_IOU)
    score: ClassVar[Metric] = MEAN_IOU
    shown: ClassVar[tuple[Metric, ...]] = (MEAN_IOU, PIXEL_ACCURACY, LOSS)
    nothing: ClassVar[str] = (
        "After {steps} steps the network is no better than giving the most frequent class to every pixel."
    )
    kind: Literal["segmentation"] = "segmentation"
