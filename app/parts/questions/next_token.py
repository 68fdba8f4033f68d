"""What may stand next in a text."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.datasets.text import Text
from app.parts.part import setting
from app.parts.questions.choosing_token import TEMPERATURE, TOP_K, TOP_P
from app.parts.questions.question import Question
from app.parts.tasks.language_model import LanguageModel
from app.parts.tasks.task import Task


class NextToken(Question):
    """Gives the network the beginning of a text, and shows how likely it holds each token of its vocabulary to be the
    next one.

    Turn the temperature and the limits, and see which tokens are left to choose among.
    """

    title: ClassVar[str] = "What comes next?"
    also: ClassVar[tuple[str, ...]] = ("distribution", "probabilities", "softmax", "logits", "sampling")

    kind: Literal["next_token"] = "next_token"
    text: str = setting("", "Beginning", "What it goes on from.", max_length=4000)
    temperature: float = TEMPERATURE
    top_k: int | None = TOP_K
    top_p: float = TOP_P

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return isinstance(task, LanguageModel) and isinstance(dataset, Text)
