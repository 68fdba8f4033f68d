"""What every probe says of itself. What it computes stands in `app/training/probes/` under the same name."""

from typing import ClassVar

from app.parts.datasets.dataset import Dataset
from app.parts.part import Part
from app.parts.tasks.task import Task


class Probe(Part):
    """Something that can be looked at while a network learns; the view that draws it has the same name."""

    family: ClassVar[str] = "probes"
    kind: str

    def fits(self, dataset: Dataset, task: Task) -> bool:
        """Whether this probe has anything to show for such an experiment."""
        return True
