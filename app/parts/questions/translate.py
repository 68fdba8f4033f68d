"""Translating a text."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.part import setting
from app.parts.questions.choosing_token import BEAMS, TOP_K, TOP_P, UNTEMPERED
from app.parts.questions.question import Question
from app.parts.tasks.task import Task
from app.parts.tasks.translation import Translation


class Translate(Question):
    """Lets the network read a text, and write it in the other way: it takes the likeliest token at each place, and
    reads what it has written.

    Beside each token stands where in the source it looked. With several beams it looks for the likeliest whole text;
    with a temperature it chooses by chance.
    """

    title: ClassVar[str] = "Translate"
    also: ClassVar[tuple[str, ...]] = ("convert", "sequence to sequence", "decode", "greedy", "beam search")

    kind: Literal["translate"] = "translate"
    text: str = setting("", "Text", "What it reads.", max_length=400)
    beams: int | None = BEAMS
    temperature: float = UNTEMPERED
    top_k: int | None = TOP_K
    top_p: float = TOP_P
    length_penalty: float = setting(
        1.0,
        "Length penalty",
        "Beams are compared by their log-probability / length^penalty: 0 prefers short texts, since each token makes a"
        " text less likely; 1 compares the mean of the tokens. Source: Wu et al. 2016, arXiv:1609.08144.",
        ge=0,
        le=2,
        step=0.1,
    )

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return isinstance(task, Translation)
