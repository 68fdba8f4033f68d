"""Where each head of attention looks."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.probes.probe import Probe
from app.parts.shapes import Ordered, Tokens
from app.parts.tasks.task import Task


class Attention(Probe):
    """Which places each head looks at from each place, for a few samples of the validation set.

    Look at it to see heads find something to do: many begin to look at the place before, or at the first one. It says
    what is read, not why an answer comes.
    """

    title: ClassVar[str] = "Attention"

    kind: Literal["attention"] = "attention"

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return isinstance(dataset.inputs(), Ordered | Tokens)
