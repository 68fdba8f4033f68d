"""Samples, and what the network draws of them."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.probes.probe import Probe
from app.parts.shapes import Image
from app.parts.tasks.task import Task


class Reconstructions(Probe):
    """A few pictures of the validation set, and below each what the network draws of it.

    Look at it to see what survives the way through the code, and what is lost.
    """

    title: ClassVar[str] = "Reconstructions"

    kind: Literal["reconstructions"] = "reconstructions"

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return isinstance(dataset.inputs(), Image) and task.learns == "inputs"
