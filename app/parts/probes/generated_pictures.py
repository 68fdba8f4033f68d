"""Pictures that are drawn from noise."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.probes.probe import Probe
from app.parts.shapes import Image
from app.parts.tasks.generating import Generating
from app.parts.tasks.task import Task


class GeneratedPictures(Probe):
    """Pictures that a network draws from the same noise, and how they come about where that takes several steps.

    Look at it to see whether they are as good and as different as real ones: a good number says neither.
    """

    title: ClassVar[str] = "Drawn pictures"

    kind: Literal["generated_pictures"] = "generated_pictures"

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return isinstance(task, Generating) and isinstance(dataset.inputs(), Image)
