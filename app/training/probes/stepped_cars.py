"""Which cars of a probe are told step by step, and of how many samples."""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor

from app.experiment.cars import Car
from app.parts.layers.over_time import PADDING
from app.parts.layers.recurrent import STATE
from app.parts.shapes import Series
from app.training import modules
from app.training.data.batch import Batch
from app.training.modules.over_time import counted
from app.training.probes.look import Look
from app.training.probes.stepping import Stepping

MOST_PLACES = 256  # that are gone through one by one
MOST_NUMBERS = 1 << 19  # of all steps of a car


class SteppedCars:
    """The cars of a probe whose first layer has steps, where its activations leave units as they are."""

    def __init__(self, look: Look, cars: Sequence[Car]) -> None:
        self.look = look
        self.rules = {
            car.path: rule
            for car in cars
            if (rule := car.first.layer.rule(car.first.before)).steps
            and car.first.after == car.after
            and max(car.first.before.sizes) <= MOST_PLACES
        }
        self._telling: dict[str, Any] = {
            path: module for path in self.rules if _tells_states(module := look.module(path))
        }

    @contextmanager
    def watched(self, batch: Batch) -> Generator[Callable[[Car], Stepping]]:
        """Gives what tells the steps of a car, while the network has answered a batch inside; of as many of its first
        samples as `MOST_NUMBERS` allows."""
        with self.look.keeping(self._telling), self.look.captured(self.rules, arriving=True) as arriving:
            yield lambda car: self._stepping(car, arriving()[car.path], batch)

    def _stepping(self, car: Car, arrived: Tensor, batch: Batch) -> Stepping:
        rule, module = self.rules[car.path], self.look.module(car.path)
        rows = arrived.transpose(1, 2) if isinstance(car.first.before, Series) else arrived
        places = rows.shape[1]
        padding = batch.inputs.get(PADDING)
        filled = padding is not None and padding.shape[1] == places  # behind what shortens a sequence nothing fills up
        counts = counted(padding).sum(1) if padding is not None and filled else torch.full((len(rows),), places)
        some = slice(max(MOST_NUMBERS // (places * sum(step.width for step in rule.steps)), 1))
        known: dict[str, Tensor] = {STATE: self._telling[car.path].kept[some]} if car.path in self._telling else {}
        return Stepping(rule, module, rows[some], counts[some], known)


def _tells_states(module: Any) -> bool:
    """Whether a module lays aside the states that its rule calls `STATE`."""
    return isinstance(module, modules.Recurrent) and getattr(module, "num_layers", 0) == 1 and not module.bidirectional
