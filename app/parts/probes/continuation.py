"""How a forecast goes on when it is fed with its own answers."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.probes.probe import Probe
from app.parts.tasks.forecasting import Forecasting
from app.parts.tasks.task import Task


class Continuation(Probe):
    """From one moment on the network is fed with its own answers, beside what really came, “the same as last” and
    linear regression, fed likewise.

    Look at it to see how far it can tell, and how its errors grow.
    """

    title: ClassVar[str] = "Continuation"

    kind: Literal["continuation"] = "continuation"

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return isinstance(task, Forecasting) and task.fits(dataset)
