"""The loss of diffusion by how much noise there is."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.part import setting
from app.parts.questions.question import Question
from app.parts.tasks.diffusion import Diffusion
from app.parts.tasks.task import Task


class LossByTime(Question):
    """The loss on samples held back at each diffusion step, beside what always telling the mean would pay there.

    One number hides which steps are hard: with little noise it cannot be told from a sample, with much no sample can be
    told from it. Where the two curves meet, the network has nothing to go by.
    """

    title: ClassVar[str] = "Loss by diffusion step"
    also: ClassVar[tuple[str, ...]] = ("loss by time", "timestep", "noise level", "signal to noise")

    kind: Literal["loss_by_time"] = "loss_by_time"
    count: int = setting(500, "Samples", "How many of those held back are looked at.", ge=10, le=1000)

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return isinstance(task, Diffusion)
