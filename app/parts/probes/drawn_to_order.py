"""Samples drawn again as every class."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.probes.probe import Probe
from app.parts.shapes import Image
from app.parts.tasks.conditional_autoencoder import ConditionalAutoencoder
from app.parts.tasks.task import Task


class DrawnToOrder(Probe):
    """A few pictures of the validation set, each drawn again as every class in its own hand.

    Look at it to see whether the code has become a hand: slant and weight stay along a row, the class changes.
    """

    title: ClassVar[str] = "Drawn to order"

    kind: Literal["drawn_to_order"] = "drawn_to_order"

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return isinstance(task, ConditionalAutoencoder) and isinstance(dataset.inputs(), Image)
