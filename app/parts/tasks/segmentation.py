"""Choosing a class for every pixel."""

from typing import ClassVar, Literal

from app.parts.shapes import Image, Mask, Shape, Target
from app.parts.tasks.task import Task


class Segmentation(Task):
    """Chooses one of several classes for every pixel of a picture.

    Use it where the answer is a place and an outline: which pixels are road, which are tumour, which are cat? The
    network gives a score for each class at each pixel, so it keeps the picture to its end.
    """

    title: ClassVar[str] = "Segmentation"
    target: ClassVar[type[Shape]] = Mask
    metrics: ClassVar[dict[str, str]] = {"loss": "Loss", "pixel_accuracy": "Pixel accuracy", "mean_iou": "Mean IoU"}
    kind: Literal["segmentation"] = "segmentation"

    def outputs(self, target: Target, numbers: int) -> Shape:
        if not isinstance(target, Mask):
            return super().outputs(target, numbers)
        return Image(channels=numbers, height=target.height, width=target.width)
