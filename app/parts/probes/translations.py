"""What a translation looks like while it is learned."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.probes.probe import Probe
from app.parts.tasks.task import Task
from app.parts.tasks.translation import Translation


class Translations(Probe):
    """What the network writes for a few texts of the validation set, and where in the source it looks for each token.

    Look at it to see the alignment come about: for each piece that is written, the place that says it.
    """

    title: ClassVar[str] = "Translations"

    kind: Literal["translations"] = "translations"

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return isinstance(task, Translation)
