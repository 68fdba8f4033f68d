"""Reading a text of one's own."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.part import setting
from app.parts.questions.question import Question
from app.parts.shapes import Classes
from app.parts.tasks.task import Task


class Read(Question):
    """Gives the network a text of one's own, word by word, and shows what it holds of it after each word.

    See which word turns its opinion round.
    """

    title: ClassVar[str] = "Read this"
    also: ClassVar[tuple[str, ...]] = ("classify", "sentiment", "sentence", "opinion")

    kind: Literal["read"] = "read"
    text: str = setting("", "Text", "Words that it knows, with blanks between them.", max_length=4000)

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return dataset.reads_text and task.predicts and isinstance(task.target(dataset), Classes)
