"""What a language model writes, and what surprises it."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.datasets.text import Text
from app.parts.probes.probe import Probe
from app.parts.tasks.language_model import LanguageModel
from app.parts.tasks.task import Task


class Written(Probe):
    """What the network writes behind the same beginning, and how much each token of a held-out text surprises it.

    Look at it to see gibberish become words, and which tokens cost the most.
    """

    title: ClassVar[str] = "Written"

    kind: Literal["written"] = "written"

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return isinstance(dataset, Text) and isinstance(task, LanguageModel)
