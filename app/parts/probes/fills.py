"""What stands in the blanks."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.probes.probe import Probe
from app.parts.tasks.masked_language_model import MaskedLanguageModel
from app.parts.tasks.task import Task


class Fills(Probe):
    """Which words the network would put into the blanks of a few texts of the validation set, and how sure it is.

    Look at it to see it learn what kind of word belongs somewhere first, and then which one.
    """

    title: ClassVar[str] = "Blanks"

    kind: Literal["fills"] = "fills"

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return isinstance(task, MaskedLanguageModel)
