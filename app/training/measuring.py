"""Scalars of steps as bounded columns: a row stands for as many steps as its stride."""

from typing import Any

from app.parts.datasets.prepared import Array
from app.runs.events import Number
from app.runs.log import sendable
from app.training.moments import measure_stride

COLUMNS = ("step", "epoch", "train_loss", "learning_rate", "train_loss_min", "train_loss_max")
DIGITS = 6  # significant digits of a recorded metric


def rounded(number: float) -> Number:
    """`number` with the digits that are recorded, as JSON can carry it."""
    return sendable(float(f"{number:.{DIGITS}g}"))  # pyright: ignore[reportReturnType]


class Measuring:
    """Collects the losses of steps into rows. What waits for its row to fill is part of a checkpoint."""

    def __init__(self) -> None:
        self.waiting: list[float] = []

    def rows(self, first: int, losses: Array, epochs: Array, rates: Array, last: bool) -> dict[str, list[Number]]:
        """The columns of the rows that are full after these steps; `first` is the number of the first of them.

        With `last`, a row that is begun is closed as well.
        """
        columns: dict[str, list[Number]] = {name: [] for name in COLUMNS}
        step = first
        for loss, epoch, rate in zip(losses.tolist(), epochs.tolist(), rates.tolist(), strict=True):
            waiting = self.waiting
            waiting.append(loss)
            if step % measure_stride(step) == 0 or (last and step == first + len(losses) - 1):
                mean = sum(waiting) / len(waiting)
                row = (step, epoch, mean, rate, min(waiting), max(waiting))
                for column, value in zip(columns.values(), row, strict=True):
                    column.append(value if column is columns["step"] else rounded(value))
                self.waiting = []
            step += 1
        return columns

    def state(self) -> dict[str, Any]:
        """What a checkpoint keeps."""
        return {"waiting": self.waiting}

    def restore(self, state: dict[str, Any]) -> None:
        """Goes on from a `state`."""
        self.waiting = list(state["waiting"])
