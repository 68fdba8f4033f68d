"""What the network and each of its neurons answer all over the plane."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.probes.probe import Probe
from app.parts.tasks.task import Task


class Surface(Probe):
    """The answer of the whole network, and of every neuron, all over the space of inputs: a plane or a line.

    Look at it to see where the boundary runs, and what each neuron contributes to it.
    """

    title: ClassVar[str] = "Surface"

    kind: Literal["surface"] = "surface"

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return type(dataset).surface != "" and task.learns == "target"
