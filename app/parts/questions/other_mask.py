"""The same network with the mask that it was not trained with."""

from collections.abc import Collection
from typing import Any, ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.datasets.text import Text
from app.parts.layers.attending import Attending
from app.parts.layers.layer import Layer
from app.parts.part import setting
from app.parts.questions.question import Question
from app.parts.tasks.language_model import LanguageModel
from app.parts.tasks.masked_language_model import MaskedLanguageModel
from app.parts.tasks.task import Task

MOST_TOKENS = 48


class OtherMask(Question):
    """Lets the attention of the network look with the other mask for once: one that looks back only sees all places,
    one that sees all places looks back only. The run stays as it is. Beside each other stand how well it tells each
    token, and where its heads look.

    The weights are the same, only the mask is another. A network trained to write from left to right has never used
    what stands behind a place; BERT has always leaned on it, and is not trained to write left to right. Of a language
    model each token is told from those before it, of a masked one from all others: each word is hidden once. Only the
    first 48 tokens are read.
    """

    title: ClassVar[str] = "Other mask"
    also: ClassVar[tuple[str, ...]] = ("causal mask", "full mask", "bidirectional", "attention mask", "left to right")

    kind: Literal["other_mask"] = "other_mask"
    text: str = setting("", "Text", "What it reads. Without, a text that was held back.", max_length=400)

    def fits(self, dataset: Dataset, task: Task) -> bool:
        writes = isinstance(task, LanguageModel) and isinstance(dataset, Text)
        return writes or (isinstance(task, MaskedLanguageModel) and dataset.reads_text)

    def fits_layers(self, layers: Collection[Layer[Any]]) -> bool:
        return any(isinstance(layer, Attending) for layer in layers)
