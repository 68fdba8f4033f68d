"""What recurrent layers carry along."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.probes.probe import Probe
from app.parts.shapes import Ordered, Tokens
from app.parts.tasks.task import Task


class States(Probe):
    """Every number that a recurrent layer carries along, at every place of a few samples of the validation set.

    Look at it to see what is remembered, from where on, and for how long.
    """

    title: ClassVar[str] = "States"

    kind: Literal["states"] = "states"

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return isinstance(dataset.inputs(), Ordered | Tokens)
