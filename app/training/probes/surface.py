"""What the network and each neuron answer all over the inputs: a plane or a line."""

from typing import Any

import numpy as np
import torch
from torch import Tensor

from app.parts.datasets.on_plane import HALF_SIDE
from app.parts.datasets.prepared import Array
from app.parts.shapes import Classes
from app.runs.frames import quantised
from app.training.data.batch import alone
from app.training.probes.look import Look, described
from app.training.probes.work import Arrays, ProbeWork

FINE, COARSE = 100, 50  # pixels on a side of the answer, for up to three outputs and for more
NEURON_SIDE = 32  # pixels on a side of a neuron's picture
LINE_POINTS = 200


class SurfaceWork(ProbeWork):
    """Pictures in bytes on the plane, curves on a line."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.line = type(look.experiment.dataset).surface == "line"
        self.flat = [car for car in look.cars if len(car.after.sizes) == 1]
        self.ends = {car.last for car in self.flat}
        side = FINE if look.experiment.outputs.numbers <= 3 else COARSE
        self.answer_inputs = self._inputs(self._line() if self.line else plane(side))
        self.neuron_inputs = self.answer_inputs if self.line else self._inputs(plane(NEURON_SIDE))
        self.side = side
        # each input is shown by its own largest size: a formula that reaches a million would make all others pale
        largest = np.abs(self.neuron_inputs.numpy()).max(axis=0)
        self.input_sizes = np.where(largest > 0, largest, 1.0)

    def take(self) -> tuple[dict[str, Any], Arrays]:
        look = self.look
        outputs, seen = look.watch(alone(self.neuron_inputs), self.ends)
        if not self.line:
            outputs = look.answer(alone(self.answer_inputs))
        answers = look.work.shown(outputs).numpy()
        arrays = self._curves(answers, seen) if self.line else self._pictures(answers, seen)
        return {"cars": described(self.flat), **self._about(answers.shape[1])}, arrays

    def _about(self, outputs: int) -> dict[str, Any]:
        dataset = self.look.experiment.dataset
        classes = self.look.experiment.target.class_names
        kind = "number" if not classes else "probability" if outputs == 1 else "probabilities"
        place: dict[str, Any] = {"domain": "plane", "half_side": HALF_SIDE, "input_sizes": self.input_sizes.tolist()}
        if self.line:
            low, high = shown_range(dataset)
            place = {"domain": "line", "range": [low, high]}
        return {**place, "output": kind, "classes": classes}

    def _pictures(self, answers: Array, seen: dict[str, Tensor]) -> Arrays:
        number = not isinstance(self.look.experiment.target, Classes)
        picture = answers.T.reshape(-1, self.side, self.side)
        arrays: Arrays = {"output": quantised(picture, symmetric=number, span=None if number else (0.0, 1.0))}
        inputs = (self.neuron_inputs.numpy() / self.input_sizes).T.reshape(-1, NEURON_SIDE, NEURON_SIDE)
        arrays["inputs"] = quantised(inputs, symmetric=True, span=(-1.0, 1.0))
        for car in self.flat:
            values = seen[car.last].numpy()[:, car.shown]
            arrays[f"car:{car.path}"] = quantised(values.T.reshape(-1, NEURON_SIDE, NEURON_SIDE), symmetric=True)
        return arrays

    def _curves(self, answers: Array, seen: dict[str, Tensor]) -> Arrays:
        arrays: Arrays = {"output": answers.T.astype(np.float32), "inputs": self.neuron_inputs.numpy().T}
        for car in self.flat:
            arrays[f"car:{car.path}"] = seen[car.last].numpy()[:, car.shown].T.astype(np.float32)
        return arrays

    def _line(self) -> Array:
        low, high = shown_range(self.look.experiment.dataset)
        return np.linspace(low, high, LINE_POINTS)[:, None]

    def _inputs(self, raw: Array) -> Tensor:
        return torch.from_numpy(self.look.samples.prepared.encoded(self.look.experiment.dataset, raw))


def plane(side: int) -> Array:
    """Pixel centres of the plane (side², 2), row by row from the top left."""
    centres = ((np.arange(side) + 0.5) / side * 2 - 1) * HALF_SIDE
    x1, x2 = np.meshgrid(centres, -centres)
    return np.stack([x1.ravel(), x2.ravel()], axis=1)


def shown_range(dataset: Any) -> tuple[float, float]:
    """The part of the line that is shown, wider than that of the samples."""
    return dataset.shown
