"""What a network would say after each of its blocks."""

from collections.abc import Collection
from typing import Any, ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.datasets.text import Text
from app.parts.layers.layer import Layer
from app.parts.layers.transformer_block import TransformerBlock
from app.parts.part import setting
from app.parts.questions.question import Question
from app.parts.tasks.language_model import LanguageModel
from app.parts.tasks.masked_language_model import MaskedLanguageModel
from app.parts.tasks.task import Task


class Lens(Question):
    """Shows what the network would say after each of its blocks, if that were the last: the layers behind the last
    block read what each block leaves.

    See from which block on it knows. Those layers have learned to read only what the last block leaves, so what they
    say of earlier ones is a hint, no more. Known as the logit lens. Source: nostalgebraist 2020, interpreting GPT: the
    logit lens.
    """

    title: ClassVar[str] = "Block by block"
    also: ClassVar[tuple[str, ...]] = ("logit lens", "residual stream", "early exit", "layer by layer")

    kind: Literal["lens"] = "lens"
    text: str = setting(
        "", "Text", "What is read. Where words were hidden in training, _ hides a word.", max_length=4000
    )

    def fits(self, dataset: Dataset, task: Task) -> bool:
        writes = isinstance(task, LanguageModel) and isinstance(dataset, Text)
        return writes or (isinstance(task, MaskedLanguageModel) and dataset.reads_text)

    def fits_layers(self, layers: Collection[Layer[Any]]) -> bool:
        return any(isinstance(layer, TransformerBlock) for layer in layers)
