"""Drawing new samples."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.part import setting
from app.parts.questions.question import Question
from app.parts.tasks.generating import Generating
from app.parts.tasks.task import Task

STEPS = setting(
    None,
    "Sampling steps",
    "How many steps a sample takes, for a network that draws in several. Left empty, as many as in training.",
    ge=1,
    le=1000,
    start=20,
)


class Sample(Question):
    """Lets the network draw new samples from noise of its own. The same seed gives the same noise: ask at another step,
    and see what the network made of it then."""

    title: ClassVar[str] = "Draw samples"
    also: ClassVar[tuple[str, ...]] = ("generate", "sample", "noise", "latent")

    kind: Literal["sample"] = "sample"
    count: int = setting(16, "Samples", "How many are drawn.", ge=1, le=400, log=True)
    label: int | None = setting(
        None,
        "Class",
        "The number of the class to draw, for a network that is told one. Left empty, the classes take turns.",
        ge=0,
        le=100_000,
    )
    steps: int | None = STEPS

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return isinstance(task, Generating)
