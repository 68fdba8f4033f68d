"""Telling the next token of a text."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.datasets.text import Text
from app.parts.metrics import BITS_PER_CHARACTER, LOSS, PERPLEXITY, TOKEN_ACCURACY, Metric
from app.parts.problem import Problem
from app.parts.shapes import Shape, Tokens
from app.parts.tasks.task import Task


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
    watched: ClassVar[str | None] = None  # how good a text model can be is not known, so nothing is judged by it
    predicts: ClassVar[bool] = False
    one_way: ClassVar[tuple[str, ...]] = ("main",)
    continues: ClassVar[bool] = True
    most_measured: ClassVar[int | None] = 256

    kind: Literal["language_model"] = "language_model"

    def check(self, dataset: Dataset) -> None:
        super().check(dataset)
        if not isinstance(dataset, Text):
            raise Problem("{task} needs a text whose next token is the target.", task=type(self).title)
