"""Going on with a series."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.part import setting
from app.parts.questions.question import Question
from app.parts.tasks.forecasting import Forecasting
from app.parts.tasks.task import Task

MOST_VALUES = 1000


class Forecast(Question):
    """Lets the network tell the next value, then the one behind it, and so on: it reads its own answers.

    Small errors grow on the way. How far it stays right says more than its error on the next value.
    """

    title: ClassVar[str] = "Forecast"
    also: ClassVar[tuple[str, ...]] = ("predict", "go on", "future", "autoregressive")

    kind: Literal["forecast"] = "forecast"
    values: list[float] = setting(
        [],
        "Values before",
        "The last values of a series, as many as the window is long. Without, those in front of the first that was held"
        " back.",
        max_length=MOST_VALUES,
    )
    count: int = setting(50, "Length", "How many values it tells.", ge=1, le=MOST_VALUES, log=True)

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return isinstance(task, Forecasting)
