"""Scalars of steps as bounded columns: a row stands for as many steps as its stride."""

from collections.abc import Mapping
from typing import Any

from app.parts.datasets.prepared import Array
from app.runs.events import Number
from app.runs.log import sendable
from app.training.recording.moments import measure_stride

COLUMNS = ("step", "epoch", "train_loss", "learning_rate", "train_loss_min", "train_loss_max")
DIGITS = 6  # significant digits of a recorded metric


def rounded(number: float) -> Number:
    """`number` with the digits that are recorded, as JSON can carry it."""
    return sendable(float(f"{number:.{DIGITS}g}"))  # pyright: ignore[reportReturnType]


class Measuring:
    """Collects the losses of steps into rows: of the first its mean, least and largest, of the others their means. What
    waits for its row to fill is part of a checkpoint."""

    def __init__(self, losses: tuple[str, ...]) -> None:
        self._first, *self._others = losses
        self.waiting: list[float] = []
        self._waiting_others: dict[str, list[float]] = {name: [] for name in self._others}

    def rows(
        self, first: int, losses: Mapping[str, Array], epochs: Array, rates: Array, last: bool
    ) -> dict[str, list[Number]]:
        """The columns of the rows that are full after these steps; `first` is the number of the first of them.

        With `last`, a row that is begun is closed as well.
        """
        columns: dict[str, list[Number]] = {name: [] for name in (*COLUMNS, *map(_column, self._others))}
        told = losses[self._first].tolist()
        others = {name: losses[name].tolist() for name in self._others}
        begun, step, final = 0, first, first + len(epochs) - 1
        while step <= final:  # row by row: of tiny steps there are hundreds of thousands in a second
            end = min(_row_end(step), final)
            ahead = end - first + 1
            self.waiting += told[begun:ahead]
            for name, values in others.items():
                self._waiting_others[name] += values[begun:ahead]
            if end == _row_end(step) or last:
                epoch, rate, waiting = float(epochs[ahead - 1]), float(rates[ahead - 1]), self.waiting
                row = (end, epoch, _mean(waiting), rate, min(waiting), max(waiting))
                means = map(_mean, self._waiting_others.values())
                for column, value in zip(columns.values(), (*row, *means), strict=True):
                    column.append(value if column is columns["step"] else rounded(value))
                self.waiting = []
                self._waiting_others = {name: [] for name in self._others}
            begun, step = ahead, end + 1
        return columns

    def state(self) -> dict[str, Any]:
        """What a checkpoint keeps."""
        return {"waiting": self.waiting} | ({"others": self._waiting_others} if self._others else {})

    def restore(self, state: dict[str, Any]) -> None:
        """Goes on from a `state`."""
        self.waiting = list(state["waiting"])
        self._waiting_others = {name: list(state["others"][name]) for name in self._others}


def _row_end(step: int) -> int:
    """The last step of the row that a step is in."""
    return -(-step // measure_stride(step)) * measure_stride(step)


def _column(loss: str) -> str:
    return f"train_{loss}"


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)
