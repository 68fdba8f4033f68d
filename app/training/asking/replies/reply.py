"""What every reply owes: its parts, one after another."""

from abc import ABC, abstractmethod
from collections.abc import Generator
from typing import Any

from app.parts.questions import Question
from app.runs.folder import RunFolder
from app.training.asking.trained import Trained
from app.training.tasks import WORK, Work


class Reply(ABC):
    """Made once for a question that fits. Networks are in `eval` mode; parts are taken without gradients."""

    def __init__(self, folder: RunFolder, found: Trained, question: Question) -> None:
        self.folder = folder
        self.found = found
        self.question = question
        self.work: Work = WORK[found.experiment.task.kind](found.experiment)

    @abstractmethod
    def parts(self) -> Generator[dict[str, Any]]:
        """JSON objects, each as soon as it is known. Raises `Problem` where the question cannot be answered."""
