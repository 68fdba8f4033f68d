"""What the gates of recurrent layers say, and how much of the loss reaches back through them."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.probes.probe import Probe
from app.parts.shapes import Ordered, Tokens
from app.parts.tasks.task import Task


class Gates(Probe):
    """The gates of LSTM and GRU at every time step, how long each unit keeps what it stores, and how much the loss
    would change if the state of a time step did.

    Look at it to see what is let in, what is kept, and whether the gradient finds its way back to the beginning.
    """

    title: ClassVar[str] = "Gates"

    kind: Literal["gates"] = "gates"

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return isinstance(dataset.inputs(), Ordered | Tokens) and task.learns == "target"
