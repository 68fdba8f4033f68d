"""What a network that knows the classes says of drawn pictures."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.probes.probe import Probe
from app.parts.tasks.task import Task


class Examined(Probe):
    """Which classes drawn pictures belong to, and how surely, as the examiner sees them: a network that learned the
    classes from real pictures beforehand, and never changes. Beside them the same of a plain mixture of gaussians and
    of real pictures, and for a few drawn ones the nearest that was learned from.

    Look at it to see whether all classes are drawn, and whether pictures are new or copies. Being sure proves little:
    a mixture of gaussians comes close.
    """

    title: ClassVar[str] = "Examined"

    kind: Literal["examined"] = "examined"

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return type(task).examined and dataset.shows_classes()
