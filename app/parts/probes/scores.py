"""What a discriminator says of real and of drawn samples."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.probes.probe import Probe
from app.parts.tasks.gan import Gan
from app.parts.tasks.task import Task


class Scores(Probe):
    """How the discriminator's scores are spread, of real samples and of drawn ones.

    Look at it to see whether it can tell them apart: where both hills lie on each other it cannot.
    """

    title: ClassVar[str] = "Scores of the discriminator"

    kind: Literal["scores"] = "scores"

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return isinstance(task, Gan)
