"""How well an answer that needs something from far back is given, by how far back that lies."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.probes.probe import Probe
from app.parts.tasks.regression import Regression
from app.parts.tasks.task import Task


class Memory(Probe):
    """For each lag, how many places lie between the end and the earliest number that an answer needs, how right the
    answers are.

    Look at it to see whether a network forgets: train an RNN, an LSTM and a GRU one after another, and their curves
    stand side by side.
    """

    title: ClassVar[str] = "Memory by lag"

    kind: Literal["memory"] = "memory"

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return isinstance(task, Regression) and type(dataset).lags is not Dataset.lags
