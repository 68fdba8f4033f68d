"""What every channel answers to a few chosen samples, as small pictures, with the kernels that made them."""

from math import ceil, prod
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from app.experiment.cars import Car
from app.parts.layers.step_rule import ARRIVING
from app.parts.shapes import Channelled, Image, Shape
from app.runs.frames import Quantised, quantised
from app.training.probes.activations import chosen_samples
from app.training.probes.look import Look, described
from app.training.probes.stepped_cars import SteppedCars
from app.training.probes.stepping import Stepping
from app.training.probes.work import Arrays, ProbeWork

MOST_SAMPLES = 12
MOST_MAPS, MOST_KERNELS = 160_000, 64_000  # bytes of a frame; with its header it stays below 256,000
MOST_SIDE, LEAST_SIDE = 32, 4  # pixels of a map; as many times eight moments of a series
MOST_ARRIVING, SOME_ARRIVING = 16, 12  # channels of a kernel: all of so few, else a choice
CONVOLUTIONS = (nn.Conv1d, nn.Conv2d, nn.ConvTranspose1d, nn.ConvTranspose2d)


class FeatureMapsWork(ProbeWork):
    """The cars that give a picture or a series; deep networks have fewer samples, smaller maps, thinner kernels."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.cars = [car for car in look.cars if isinstance(car.after, Channelled)]
        self.ends = {car.last for car in self.cars}
        self.side = self._affordable_side()
        count = min(MOST_MAPS // self._numbers(self.side), MOST_SAMPLES)
        self.rows, places = chosen_samples(look, max(count, 1))
        self.places = torch.from_numpy(places)
        self.inputs = _pictured(_reduced(look.samples.inputs[self.places], 4 * self.side))
        self.stepped = SteppedCars(look, self.cars)
        self.stepping = {
            car.path
            for car in self.cars
            if car.path in self.stepped.rules and len(self.stepped.rules[car.path].steps) + len(car.placed) > 2
        }
        self.most_behind = MOST_KERNELS // (2 if self.stepping else 1)  # bytes of kernels; and of steps
        self.arriving = self._arriving()

    def take(self) -> tuple[dict[str, Any], Arrays]:
        look = self.look
        batch = look.samples.at(self.places)
        arrays: Arrays = {"inputs": self.inputs}
        steps: dict[str, list[list[str]]] = {}
        with self.stepped.watched() as stepping:
            outputs, seen = look.watch(batch, self.ends)
            for car in self.cars:
                if car.path in self.stepped.rules:
                    steps[car.path], maps = self._steps(car, stepping(car))
                    arrays |= maps
        if not isinstance(look.experiment.outputs, Image):
            arrays["outputs"] = look.work.shown(outputs).numpy()
        for car in self.cars:
            maps = _reduced(seen[car.last][:, car.shown], self.side)
            arrays[f"maps:{car.path}"] = quantised(maps.numpy(), symmetric=True)
            if car.path in self.arriving:
                module = look.module(car.path)
                bias: Tensor | None = getattr(module, "bias", None)
                filters = filters_of(module)[car.shown]
                arrays[f"kernels:{car.path}"] = filters[:, self.arriving[car.path]].numpy()
                if bias is not None:
                    arrays[f"bias:{car.path}"] = bias.detach()[car.shown].numpy()
        about = {"cars": described(self.cars), "samples": self.rows.tolist(), "kernel_inputs": self.arriving}
        return about | {"steps": steps}, arrays

    def _steps(self, car: Car, stepping: Stepping) -> tuple[list[list[str]], Arrays]:
        """The steps that make one number at each place of the channels that are shown, and a map of each between what
        arrives and what leaves, which have maps of their own; for as many samples as fit."""
        told = [stepping.along(unit) for unit in car.shown]
        names = [list(steps) for steps in told]
        most, sides = max(map(len, told)), car.after.sizes[1:]
        samples = self.most_behind // (max(len(self.stepping), 1) * most * len(told) * prod(sides))
        if car.path not in self.stepping or not samples:
            return names, {}
        maps = torch.zeros(most, min(samples, len(stepping.x)), len(told), *sides)
        for at, steps in enumerate(told):
            for number, table in enumerate(steps.values()):
                maps[number, :, at] = table[: maps.shape[1]].unflatten(1, sides)
        known = {at for at, name in enumerate(names[0]) if name == ARRIVING}
        known |= {most - 1} if len(car.placed) == 1 else set()
        return names, {
            f"step:{at}:{car.path}": quantised(values.numpy(), True)
            for at, values in enumerate(maps)
            if at not in known
        }

    def _affordable_side(self) -> int:
        side = MOST_SIDE
        while side > LEAST_SIDE and self._numbers(side) > MOST_MAPS:
            side //= 2
        return side

    def _numbers(self, side: int) -> int:
        """Of one sample: its input, and all maps."""
        inputs = self.look.experiment.dataset.inputs()
        maps = sum(len(car.shown) * _cells(car.after, side) for car in self.cars)
        return inputs.sizes[0] * _cells(inputs, 4 * side) + maps

    def _arriving(self) -> dict[str, list[int]]:
        """For each car that convolves, the channels of its kernels that are sent, counted within their group."""
        convolving = {car.path: car for car in self.cars if isinstance(self.look.module(car.path), CONVOLUTIONS)}
        chosen: dict[str, list[int]] = {}
        for path, car in convolving.items():
            filters, arriving, *window = filters_of(self.look.module(path)).shape
            fitting = self.most_behind // len(convolving) // (4 * len(car.shown) * prod(window))
            if filters == car.units and fitting:  # an activation that joins channels leaves no kernel for each
                chosen[path] = _evenly(arriving, min(fitting, MOST_ARRIVING))
        return chosen


def filters_of(module: Any) -> Tensor:
    """The weights of a convolution, filter by filter: (filters, channels within the group, *window)."""
    weight: Tensor = module.weight.detach()
    if not module.transposed:
        return weight
    inputs, filters, *window = weight.shape  # of a transposed one: (in, filters within the group, *window)
    grouped = weight.reshape(module.groups, inputs // module.groups, filters, *window)
    return grouped.transpose(1, 2).flatten(0, 1)


def _evenly(count: int, most: int) -> list[int]:
    if count <= most:
        return list(range(count))
    some = min(most, SOME_ARRIVING)
    return [round(place * (count - 1) / max(some - 1, 1)) for place in range(some)]


def _factor(sizes: tuple[int, ...], side: int) -> int:
    """How many pixels on a side, or moments, become one so that no side is longer than `side`."""
    return ceil(max(sizes) / (side if len(sizes) == 2 else 8 * side))


def _cells(shape: Shape, side: int) -> int:
    sizes = shape.sizes[1:]
    factor = _factor(sizes, side)
    return prod(ceil(size / factor) for size in sizes)


def _reduced(values: Tensor, side: int) -> Tensor:
    """Maps (n, c, h, w) or series (n, c, l), averaged down."""
    sizes = tuple(values.shape[2:])
    factor = _factor(sizes, side)
    if factor == 1:
        return values
    average = functional.avg_pool2d if len(sizes) == 2 else functional.avg_pool1d
    return average(values, factor, ceil_mode=True, count_include_pad=False)


def _pictured(inputs: Tensor) -> Quantised:
    """Pixels from 0 to 1 keep their grey: byte 255 is 1."""
    grey = bool(inputs.numel()) and float(inputs.min()) >= 0 and float(inputs.max()) <= 1
    return quantised(inputs.numpy(), symmetric=False, span=(0.0, 1.0) if grey else None)
