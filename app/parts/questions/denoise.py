"""Taking noise off a drawing."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.part import setting
from app.parts.questions.drawing import Drawing, can_be_drawn, drawing
from app.parts.questions.question import Question
from app.parts.tasks.task import Task


class Denoise(Question):
    """Lays noise over a drawing of one's own, and shows what the network makes of it.

    With little noise it gives back what was drawn; with much it can only guess, and draws what it knows from its data.
    Draw something that is not among them, such as a letter: where does it become a digit?
    """

    title: ClassVar[str] = "Take noise away"
    also: ClassVar[tuple[str, ...]] = ("denoise", "noising", "clean", "restore", "sdedit")

    kind: Literal["denoise"] = "denoise"
    sample: Drawing = drawing("Drawing", "What noise is laid over. Without, a sample that was held back.")
    amount: float = setting(
        0.5,
        "Noise",
        "How much is laid over it: 0 is none; 1 is as much as the network has learned to take away, which is pure noise"
        " for diffusion.",
        ge=0,
        le=1,
        step=0.01,
    )
    label: int | None = setting(
        None,
        "Class",
        "The number of the class to make of it, for a network that is told one. Left empty, every class.",
        ge=0,
        le=100_000,
    )

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return task.denoises and can_be_drawn(dataset)
