"""Scalars of steps as bounded columns: a row stands for as many steps as its stride."""

from typing import Any

import numpy as np

from app.parts.datasets.prepared import Array
from app.runs.events import Number
from app.runs.log import sendable
from app.training.moments import measure_stride

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
        columns: dict[str, list[Number]] = {name: [] for name in ("step", "epoch", "train_loss", "learning_rate")}
        columns |= {"train_loss_min": [], "train_loss_max": []}
        for place, loss in enumerate(losses.tolist()):
            step = first + place
            self.waiting.append(loss)
            if step % measure_stride(step) and not (last and place == len(losses) - 1):
                continue
            values = np.array(self.waiting)
            columns["step"].append(step)
            columns["epoch"].append(rounded(float(epochs[place])))
            columns["train_loss"].append(rounded(float(values.mean())))
            columns["train_loss_min"].append(rounded(float(values.min())))
            columns["train_loss_max"].append(rounded(float(values.max())))
            columns["learning_rate"].append(rounded(float(rates[place])))
            self.waiting.clear()
        return columns

    def state(self) -> dict[str, Any]:
        """What a checkpoint keeps."""
        return {"waiting": self.waiting}

    def restore(self, state: dict[str, Any]) -> None:
        """Goes on from a `state`."""
        self.waiting = list(state["waiting"])
