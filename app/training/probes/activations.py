"""What every neuron answers to a few chosen samples."""

from typing import Any

import numpy as np
import torch

from app.experiment.addresses import network_of
from app.experiment.cars import Car
from app.parts.datasets.prepared import Array
from app.parts.shapes import Channelled, Classes, Features, Sequence, Tokens
from app.training.probes.look import Look, described
from app.training.probes.stepped_cars import SteppedCars
from app.training.probes.stepping import Stepping
from app.training.probes.work import Arrays, ProbeWork

MOST_SAMPLES, LEAST_SAMPLES = 64, 12
MOST_NUMBERS = 1 << 14  # in a frame; wide networks are shown fewer samples
MOST_PIXELS = 1 << 16  # of all samples; large pictures are shown fewer than the least
MOST_UNITS = 512  # wider cars send only the neurons that are shown
CURVE = np.linspace(-6, 6, 61, dtype=np.float32)


class ActivationsWork(ProbeWork):
    """The same samples for the whole run, as even over the classes as it goes; the cars that give flat numbers,
    or a row of them at each place."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.cars = [car for car in look.cars if isinstance(car.after, Features | Sequence)]
        pixels = look.experiment.dataset.inputs().numbers
        wide = sum(2 * min(car.units, MOST_UNITS) for car in self.cars) + 2 * pixels
        least = min(LEAST_SAMPLES, max(MOST_PIXELS // pixels, 1))
        rows, places = chosen_samples(look, min(max(MOST_NUMBERS // wide, least), MOST_SAMPLES))
        prepared = look.samples.prepared
        self.places = torch.from_numpy(places)
        self.rows = rows
        batch = look.samples.at(self.places)
        entered = _flat(look.work.entered(batch).numpy())
        answers = look.experiment.task.learns != "nothing"  # else what enters is made of noise, and nobody knows it
        self.fixed: Arrays = {"raw": _flat(prepared.raw[rows]) if answers else entered, "inputs": entered}
        for name, (x, _) in look.work.given(batch).items():
            if name != look.work.first:
                self.fixed[f"inputs:{name}"] = _flat(x.numpy())
        if answers and not look.asked:
            self.fixed["targets"] = _flat(prepared.targets[rows])
        self.elementwise = [placed.path for car in self.cars for placed in car.placed if type(placed.layer).elementwise]
        # what one network gives another is to be seen where it arrives, be it a picture
        of_each = [
            [car for car in look.cars if network_of(car.path) == name] for name in type(look.work.task).feeds.values()
        ]
        self.feeding = [cars[-1] for cars in of_each if cars and cars[-1] not in self.cars]
        self.ends = {path for car in self.cars for path in (car.path, car.last)} | {car.last for car in self.feeding}
        self.stepped = SteppedCars(look, self.cars)

    def take(self) -> tuple[dict[str, Any], Arrays]:
        look = self.look
        batch = look.samples.at(self.places)
        told: dict[str, tuple[list[list[str]], Array]] = {}
        with self.stepped.watched() as stepping:
            outputs, seen = look.watch(batch, self.ends)
            for car in self.cars:
                if car.path in self.stepped.rules:
                    told[car.path] = _steps(car, stepping(car))
        arrays: Arrays = dict(self.fixed)
        arrays["outputs"] = _flat(look.work.shown(outputs).numpy())
        for car in self.cars:
            kept = slice(None) if car.units <= MOST_UNITS else car.shown
            before, after = (_flat(seen[path].numpy()) for path in (car.path, car.last))
            arrays[f"before:{car.path}"] = before if before.shape[1] != car.units else before[:, kept]
            arrays[f"after:{car.path}"] = after[:, kept]
        for car in self.feeding:
            arrays[f"after:{car.path}"] = _flat(seen[car.last].numpy())
        for path in self.elementwise:
            arrays[f"curve:{path}"] = self._curve(path)
        arrays |= {f"steps:{path}": numbers for path, (_, numbers) in told.items()}
        steps = {path: names for path, (names, _) in told.items()}
        return {"cars": described(self.cars), "samples": self.rows.tolist(), "steps": steps}, arrays

    def _curve(self, path: str) -> Array:
        values = self.look.module(path)(torch.from_numpy(CURVE)[:, None])
        return np.stack([CURVE, values[:, 0].numpy()])


def chosen_samples(look: Look, most: int) -> tuple[Array, Array]:
    """Rows of the dataset, and their places in `ArraySamples`: `most` from validation, or from train where it is empty.

    Of pictures, series and tokens, a few are the first of more, so that all probes speak of the same.
    """
    samples = look.samples
    split = "validation" if "validation" in samples.bounds else "train"
    first = samples.bounds[split][0]
    rows = getattr(samples.prepared, split)
    truth = samples.prepared.targets if look.asked else samples.prepared.targets[rows]
    dataset = look.experiment.dataset
    pictures = isinstance(dataset.inputs(), Channelled | Tokens)
    if look.asked:
        places = np.arange(min(most, len(truth)))
    elif isinstance(dataset.target(), Classes):
        turn = np.zeros(len(truth), np.int64)  # how many of its class come before each sample
        for number in np.unique(truth):
            turn[truth == number] = np.arange((truth == number).sum())
        order = np.lexsort((truth, turn))[:most]
        places = order if pictures else order[np.lexsort((order, truth[order]))]
    elif pictures:
        places = np.arange(min(most, len(truth)))
    else:
        order = np.argsort(truth[:, 0], kind="stable") if truth.ndim == 2 else np.arange(len(truth))
        places = order[np.linspace(0, len(order) - 1, min(most, len(order))).astype(np.int64)]
    return rows[places], places + first


def _steps(car: Car, stepping: Stepping) -> tuple[list[list[str]], Array]:
    """The steps that make one number for each unit that is shown, and these numbers (samples, shown, steps)."""
    told = [stepping.numbers(*divmod(unit, car.after.at_each)) for unit in car.shown]
    numbers = np.zeros((len(stepping.x), len(told), max(map(len, told))), np.float32)
    for at, steps in enumerate(told):
        numbers[:, at, : len(steps)] = torch.stack(list(steps.values()), dim=1).numpy()
    return [list(steps) for steps in told], numbers


def _flat(values: Array) -> Array:
    return values.reshape(len(values), -1).astype(np.float32)
