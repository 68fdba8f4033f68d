"""Where the codes of samples lie."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.probes.probe import Probe
from app.parts.shapes import Image
from app.parts.tasks.reconstructing import Reconstructing
from app.parts.tasks.task import Task


class Codes(Probe):
    """The codes of samples held back, in the plane of the two numbers that tell most.

    Look at it to see whether classes come apart though no label was given, and what the decoder draws between them:
    drag the point. Where the encoder gives a cloud for each sample, its ellipse reaches one standard deviation to each
    side.
    """

    title: ClassVar[str] = "Code plane"

    kind: Literal["codes"] = "codes"

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return isinstance(task, Reconstructing) and isinstance(dataset.inputs(), Image)
