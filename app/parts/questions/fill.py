"""Filling blanks in a text of one's own."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.part import setting
from app.parts.questions.question import Question
from app.parts.tasks.masked_language_model import MaskedLanguageModel
from app.parts.tasks.task import Task

HIDDEN = "_"  # stands for a word that is to be told


class Fill(Question):
    """Gives the network a text with words left blank, and shows how likely it holds each word there.

    Write _ where a word is to be told; it may be several. Hide a word that you know: is it among the first? Then hide
    others around it, and see how much it knew from those.
    """

    title: ClassVar[str] = "Fill the blanks"
    also: ClassVar[tuple[str, ...]] = ("mask", "bert", "cloze", "mask game", "guess the word")

    kind: Literal["fill"] = "fill"
    text: str = setting("", "Text", "Words that it knows, with blanks between them; _ hides a word.", max_length=4000)

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return dataset.reads_text and isinstance(task, MaskedLanguageModel)
