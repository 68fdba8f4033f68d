"""A network without one of its heads."""

from collections.abc import Collection
from typing import Any, ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.layers.attending import Attending
from app.parts.layers.layer import Layer
from app.parts.part import setting
from app.parts.questions.question import Question
from app.parts.tasks.task import Task


class WithoutHead(Question):
    """Switches one head of attention off, and measures the network on samples held out from training, with and without
    it.

    What the head finds is set to 0; everything else stays as it was learned. A head that can be missed may still do
    something: others may do it too. Source: Michel et al. 2019, arXiv:1905.10650.
    """

    title: ClassVar[str] = "Without a head"
    also: ClassVar[tuple[str, ...]] = ("ablation", "attention head", "prune", "switch off")

    kind: Literal["without_head"] = "without_head"
    attention: int = setting(1, "Attention", "Which attention of the network, counted from 1.", ge=1, le=256)
    head: int = setting(1, "Head", "Which of its heads, counted from 1.", ge=1, le=64)

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return True

    def fits_layers(self, layers: Collection[Layer[Any]]) -> bool:
        return any(isinstance(layer, Attending) for layer in layers)
