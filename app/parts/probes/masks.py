"""Which class the network sees in each pixel of a few chosen pictures."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.probes.probe import Probe
from app.parts.shapes import Image, Mask
from app.parts.tasks.task import Task


class Masks(Probe):
    """The class of every pixel for a few samples of the validation set: the true one, and the network's answer.

    Look at it to see where outlines are missed, and how sure the network is there.
    """

    title: ClassVar[str] = "Masks"

    kind: Literal["masks"] = "masks"

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return task.fits(dataset) and isinstance(dataset.inputs(), Image) and isinstance(task.target(dataset), Mask)
