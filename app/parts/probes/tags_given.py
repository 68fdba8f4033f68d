"""The label that is given at each place."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.probes.probe import Probe
from app.parts.tasks.tagging import Tagging
from app.parts.tasks.task import Task


class TagsGiven(Probe):
    """Which label the network gives at each place of a few rows that it learned from, and of a few that it did not.

    Look at it to see where in a row it goes wrong.
    """

    title: ClassVar[str] = "Labels"

    kind: Literal["tags_given"] = "tags_given"

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return isinstance(task, Tagging) and task.fits(dataset)
