"""Telling the next token of a text."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.datasets.text import Text
from app.parts.metrics import BITS_PER_CHARACTER, LOSS, PERPLEXITY, TOKEN_ACCURACY, Metric
from app.parts.problem import Problem
from app.parts.shapes import Shape, Tokens
from app.parts.tasks.outcome import Outcome
from app.parts.tasks.task import Task

ENTROPY = "entropy"  # beside what plain methods reach: the bits per character that nobody can do without
CLEARLY = 0.9  # of the bits that counting needs: fewer are clearly fewer
BETTER = "It writes better than counting."
AS_WELL = "It writes about as well as counting."
WORSE = "Counting does better."
COUNTED = "It needs {bits} bits per character, and counting what follows every two tokens (order 3) {counted}."
KNOWN = COUNTED.removesuffix(".") + "; the entropy of the text is {least}."


class LanguageModel(Task):
    """Predicts the next token of a text from those before it. Fed with what it has chosen, it writes.

    The network gives a score for every token at every place, so it keeps the sequence to its end and may never look
    ahead. The loss is in nats per token; bits count characters, so that
    networks with different tokenizers can be compared. Of each split 256 windows, spread evenly over it, are measured.
    """

    title: ClassVar[str] = "Language model"
    also: ClassVar[tuple[str, ...]] = ("text", "next token", "generate", "write", "gpt", "char-rnn")
    needs: ClassVar[tuple[type[Shape], ...]] = (Tokens,)
    metrics: ClassVar[tuple[Metric, ...]] = (LOSS, BITS_PER_CHARACTER, PERPLEXITY, TOKEN_ACCURACY)
    score: ClassVar[Metric] = TOKEN_ACCURACY
    shown: ClassVar[tuple[Metric, ...]] = (BITS_PER_CHARACTER, TOKEN_ACCURACY, LOSS)
    nothing: ClassVar[str] = "After {steps} steps the network is no better than always naming the most frequent token."
    outcomes: ClassVar[Mapping[str, tuple[str, ...]]] = dict.fromkeys((BETTER, AS_WELL, WORSE), (COUNTED, KNOWN))
    solvable: ClassVar[bool] = False  # nobody knows every next word
    watched: ClassVar[str | None] = None  # so how good it can be is not known, and nothing is judged by it
    predicts: ClassVar[bool] = False
    one_way: ClassVar[tuple[str, ...]] = ("main",)
    continues: ClassVar[bool] = True
    most_measured: ClassVar[int | None] = 256

    kind: Literal["language_model"] = "language_model"

    def check(self, dataset: Dataset) -> None:
        super().check(dataset)
        if not isinstance(dataset, Text):
            raise Problem("{task} needs a text whose next token is the target.", task=type(self).title)

    def outcome(self, reached: Mapping[str, float], beside: Mapping[str, float]) -> Outcome | None:
        """`beside` has the bits per character that counting needs, and `ENTROPY` where it is known."""
        bits, counted = (of.get(BITS_PER_CHARACTER.name) for of in (reached, beside))
        if bits is None or counted is None:
            return None
        values = {"bits": bits, "counted": counted} | ({"least": beside[ENTROPY]} if ENTROPY in beside else {})
        sentence = KNOWN if ENTROPY in beside else COUNTED
        if bits > counted:
            return Outcome("warning", WORSE, sentence, values)
        clearly = bits <= CLEARLY * counted
        return Outcome("good" if clearly else "plain", BETTER if clearly else AS_WELL, sentence, values)
