"""Translating a text."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.part import setting
from app.parts.questions.question import Question
from app.parts.tasks.task import Task
from app.parts.tasks.translation import Translation


class Translate(Question):
    """Lets the network read a text, and write it in the other way: it takes the likeliest token at each place, and
    reads what it has written.

    Beside each token stands where in the source it looked.
    """

    title: ClassVar[str] = "Translate"
    also: ClassVar[tuple[str, ...]] = ("convert", "sequence to sequence", "decode", "greedy")

    kind: Literal["translate"] = "translate"
    text: str = setting("", "Text", "What it reads.", max_length=400)

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return isinstance(task, Translation)
