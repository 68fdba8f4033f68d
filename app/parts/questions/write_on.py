"""Writing a text on."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.datasets.text import Text
from app.parts.part import setting
from app.parts.questions.question import Question
from app.parts.tasks.language_model import LanguageModel
from app.parts.tasks.task import Task


class WriteOn(Question):
    """Gives the network the beginning of a text, and lets it write on: it chooses the next token by chance, as likely
    as it holds it to be, and reads what it has chosen.

    A low temperature keeps to what is likeliest, and repeats itself; a high one dares more, and errs more.
    """

    title: ClassVar[str] = "Write on"
    also: ClassVar[tuple[str, ...]] = ("continue", "generate", "complete", "sample text")

    kind: Literal["write_on"] = "write_on"
    text: str = setting("", "Beginning", "What it goes on from.", max_length=4000)
    count: int = setting(200, "Length", "How many tokens it writes.", ge=1, le=2000, log=True)
    temperature: float = setting(
        1.0,
        "Temperature",
        "What the scores are divided by before softmax; 0 takes the likeliest.",
        ge=0,
        le=5,
        step=0.05,
    )
    top_k: int | None = setting(
        None, "Top k", "Chooses among so many of the likeliest tokens only.", ge=1, le=100_000, start=40
    )
    top_p: float = setting(
        1.0,
        "Top p",
        "Chooses among the fewest tokens that are so likely together. Source: Holtzman et al. 2020, arXiv:1904.09751.",
        gt=0,
        le=1,
        step=0.01,
    )

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return isinstance(task, LanguageModel) and isinstance(dataset, Text)
