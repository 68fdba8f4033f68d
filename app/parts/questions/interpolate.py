"""From one drawing to another, by their codes."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.part import setting
from app.parts.questions.drawing import Drawing, can_be_drawn, drawing
from app.parts.questions.question import Question
from app.parts.tasks.reconstructing import Reconstructing
from app.parts.tasks.task import Task


class Interpolate(Question):
    """Writes two drawings of one's own as codes, walks from one code to the other, and draws what lies between.

    The walk is a straight line: codes lie as the encoder likes, and no length of theirs is a usual one. (Noise
    is walked in an arc, because nearly all random numbers of a gaussian are equally long.) Is each step still a
    picture, or do two lie over one another?
    """

    title: ClassVar[str] = "From one drawing to another"
    also: ClassVar[tuple[str, ...]] = ("interpolate", "morph", "latent walk", "between", "code")

    kind: Literal["interpolate"] = "interpolate"
    first: Drawing = drawing("First drawing", "Where the walk begins. Without, a sample that was held back.")
    second: Drawing = drawing("Second drawing", "Where it ends. Without, another sample that was held back.")
    count: int = setting(9, "Pictures", "How many are drawn on the way, both ends included.", ge=2, le=50)
    label: int | None = setting(
        None, "Class", "The number of the class, where the decoder reads one.", ge=0, le=100_000
    )

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return isinstance(task, Reconstructing) and can_be_drawn(dataset)
