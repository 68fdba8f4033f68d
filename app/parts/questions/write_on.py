"""Writing a text on."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.datasets.text import Text
from app.parts.part import setting
from app.parts.questions.choosing_token import BEAMS, TEMPERATURE, TOP_K, TOP_P
from app.parts.questions.question import Question
from app.parts.tasks.language_model import LanguageModel
from app.parts.tasks.task import Task


class WriteOn(Question):
    """Gives the network the beginning of a text, and lets it write on: it chooses the next token by chance, as likely
    as it holds it to be, and reads what it has chosen.

    A low temperature keeps to what is likeliest, and repeats itself; a high one dares more, and errs more. Beams look
    for the likeliest whole text; it is often a dull one.
    """

    title: ClassVar[str] = "Write on"
    also: ClassVar[tuple[str, ...]] = ("continue", "generate", "complete", "sample text", "beam search")

    kind: Literal["write_on"] = "write_on"
    text: str = setting("", "Beginning", "What it goes on from.", max_length=4000)
    count: int = setting(200, "Length", "How many tokens it writes.", ge=1, le=2000, log=True)
    temperature: float = TEMPERATURE
    top_k: int | None = TOP_K
    top_p: float = TOP_P
    beams: int | None = BEAMS

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return isinstance(task, LanguageModel) and isinstance(dataset, Text)
