"""Which rows are answered rightly, by how long they are."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.datasets.tagged import Tagged
from app.parts.probes.probe import Probe
from app.parts.tasks.tagging import Tagging
from app.parts.tasks.task import Task


class RightByLength(Probe):
    """For each length, which rows of the validation set are right at every place.

    Look at it to see whether a rule was learned: rows longer than those that were learned from tell.
    """

    title: ClassVar[str] = "Right by length"

    kind: Literal["right_by_length"] = "right_by_length"

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return isinstance(task, Tagging) and isinstance(dataset, Tagged)
