"""Filling blanks in a text of one's own."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field, WithJsonSchema

from app.parts.datasets.dataset import Dataset
from app.parts.part import setting
from app.parts.questions.question import Question
from app.parts.tasks.masked_language_model import MaskedLanguageModel
from app.parts.tasks.task import Task

HIDDEN = "_"  # stands for a word that is to be told
MOST_LETTERS = 4000
Place = Annotated[int, Field(ge=0, lt=MOST_LETTERS)]
# `words_of` names the setting whose words a page offers to be chosen.
Places = Annotated[
    list[Place], WithJsonSchema({"type": "array", "items": {"type": "integer", "minimum": 0}, "words_of": "text"})
]


class Fill(Question):
    """Gives the network a text with words left blank, and shows how likely it holds each word there.

    Choose words of the text to hide them, or write _ where one is to be told; it may be several. Is the hidden word
    among the first? Then hide others around it, and see how much it knew from those.
    """

    title: ClassVar[str] = "Fill the blanks"
    also: ClassVar[tuple[str, ...]] = ("mask", "bert", "cloze", "mask game", "guess the word")

    kind: Literal["fill"] = "fill"
    text: str = setting(
        "", "Text", "Words that it knows, with blanks between them; _ hides a word.", max_length=MOST_LETTERS
    )
    hidden: Places = setting(
        [],
        "Hidden words",
        "The places of words of the text that are hidden too, counted from 0. How likely each of them is held is told.",
        max_length=MOST_LETTERS,
    )

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return dataset.reads_text and isinstance(task, MaskedLanguageModel)
