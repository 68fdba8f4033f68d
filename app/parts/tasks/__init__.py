"""The tasks, one per file. A new one is one line in the list."""

from typing import TYPE_CHECKING

from app.parts.choice import choice_of
from app.parts.tasks.classification import Classification
from app.parts.tasks.regression import Regression
from app.parts.tasks.segmentation import Segmentation
from app.parts.tasks.task import Task

TASKS = (Classification, Regression, Segmentation)
if TYPE_CHECKING:
    AnyTask = Task  # one of the list; only checkers see it so
else:
    AnyTask = choice_of(TASKS)

__all__ = ["TASKS", "AnyTask", "Task"]
