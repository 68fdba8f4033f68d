"""What every question to a trained network owes. What is replied stands in `app/training/asking/replies/`."""

from collections.abc import Collection
from typing import Any, ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.layers.layer import Layer
from app.parts.part import Part, setting
from app.parts.problem import Problem
from app.parts.tasks.task import Task

LATEST = 10**12  # steps


class Question(Part):
    """Something that a network can be asked once it has learned for a moment. The reply comes in parts. The same seed
    at the same step gives the same reply, whatever else runs."""

    family: ClassVar[str] = "questions"
    kind: str
    step: int | None = setting(
        None,
        "Step",
        "As the network was at the last moment kept up to this step. Without, as it is now.",
        ge=0,
        le=LATEST,
    )
    seed: int = setting(0, "Seed", "The same seed gives the same reply.", ge=0, le=2**31 - 1)

    weights: Literal["averaged", "live"] = setting(
        "averaged",
        "Weights",
        "Which ones answer, where training averages weights: the averages, or those in training themselves.",
        labels={"averaged": "averaged", "live": "in training"},
    )

    @property
    def live(self) -> bool:
        """Whether weights answer as they are in training, averaged or not."""
        return self.weights == "live"

    def fits(self, dataset: Dataset, task: Task) -> bool:
        """Whether networks of this task can be asked it."""
        raise NotImplementedError

    def fits_layers(self, layers: Collection[Layer[Any]]) -> bool:
        """Whether networks of these layers, inner ones included, can be asked it."""
        return True

    def demand_fit(self, dataset: Dataset, task: Task, layers: Collection[Layer[Any]]) -> None:
        """Raises `Problem` where it cannot be asked."""
        if not self.fits_layers(layers):
            raise Problem(
                "“{question}” cannot be asked of this network: it has no layer of that kind.",
                place="/kind",
                question=type(self).title,
            )
        if not self.fits(dataset, task):
            raise Problem(
                "“{question}” cannot be asked of a network whose task is {task}.",
                place="/kind",
                question=type(self).title,
                task=type(task).title,
            )
