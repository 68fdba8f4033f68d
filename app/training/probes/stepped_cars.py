"""Which cars of a probe are told step by step, and of how many samples."""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from torch import Tensor

from app.experiment.cars import Car
from app.parts.layers.over_time import PADDING
from app.parts.layers.reading_memory import MEMORY, MEMORY_PADDING
from app.parts.layers.recurrent import STATE
from app.parts.layers.rule import Rule
from app.parts.layers.step_rule import ARRIVING
from app.parts.shapes import Channelled, Shape
from app.training import modules
from app.training.modules.over_time import counted
from app.training.probes.look import Look, keeping
from app.training.probes.stepping import Stepping

MOST_PLACES = 256  # that are gone through one by one, or look at each other
FILLED_BY = {ARRIVING: PADDING, MEMORY: MEMORY_PADDING}  # the sides that say which places only fill up
MOST_NUMBERS = 1 << 20  # of all steps of a car


class SteppedCars:
    """The cars of a probe whose first layer has steps, where its activations leave units as they are."""

    def __init__(self, look: Look, cars: Sequence[Car]) -> None:
        self.look = look
        self.rules = {
            car.path: rule
            for car in cars
            if (rule := car.first.layer.rule(car.first.before)).steps
            and car.first.after == car.after
            and _affordable(rule, car.first.before)
        }
        self._telling: dict[str, Any] = {
            path: module for path in self.rules if _tells_states(module := look.module(path))
        }

    @contextmanager
    def watched(self) -> Generator[Callable[[Car], Stepping]]:
        """Gives what tells the steps of a car, while the network has answered a batch inside; of as many of its first
        samples as `MOST_NUMBERS` allows."""
        with keeping(self._telling), self.look.captured(self.rules, arriving=True) as arriving:
            yield lambda car: self._stepping(car, arriving()[car.path])

    def _stepping(self, car: Car, arrived: Tensor) -> Stepping:
        rule, module = self.rules[car.path], self.look.module(car.path)
        sides: Mapping[str, Tensor] = getattr(module, "sides", {})  # of the pass that was watched
        rows = rows_of(arrived, car.first.before)
        some = slice(MOST_NUMBERS // _numbers(rule, car.first.before))
        read = {name for step in rule.steps for name in step.of}
        beside = {name: laid_out(sides[name], len(rows))[some] for name in read & sides.keys()}
        tables = {ARRIVING: rows[some], **beside}
        counts = {
            name: counted(sides[side], tables[name].shape[1]).sum(1)[some]
            for name, side in FILLED_BY.items()
            if name in tables and side in sides and _fills(car, side, tables[name].shape[1])
        }
        known: dict[str, Tensor] = {STATE: self._telling[car.path].kept[some]} if car.path in self._telling else {}
        return Stepping(rule, module, tables, counts, known)


def _tells_states(module: Any) -> bool:
    """Whether a module lays aside the states that its rule calls `STATE`."""
    return isinstance(module, modules.Recurrent) and getattr(module, "num_layers", 0) == 1 and not module.bidirectional


def _fills(car: Car, side: str, places: int) -> bool:
    """Whether a side says of so many places which only fill up: behind what shortens a sequence nothing does."""
    told = car.first.layer.sides.get(side)
    return told is not None and told.sizes == (places,)


def _many(shape: Shape) -> int:
    """How many places a table of such numbers has."""
    return shape.numbers // shape.at_each


def _numbers(rule: Rule, shape: Shape) -> int:
    """How many numbers the steps of one sample have, at most."""
    return _many(shape) * sum(step.width for step in rule.steps)


def _affordable(rule: Rule, shape: Shape) -> bool:
    slow = any(step.makes in ("before", "attend") for step in rule.steps)
    return _numbers(rule, shape) <= MOST_NUMBERS and (not slow or _many(shape) <= MOST_PLACES)


def rows_of(x: Tensor, shape: Shape) -> Tensor:
    """What arrives as a table: (b, places, width)."""
    if isinstance(shape, Channelled):
        return x.flatten(2).transpose(1, 2)
    return x if x.dim() == 3 else x[:, None]


def laid_out(side: Tensor, samples: int) -> Tensor:
    """A side as a table: one number, or one for each sample, or rows of them."""
    table = side if side.dim() == 3 else side[:, None, None].float()
    return table.expand(samples, -1, -1)
