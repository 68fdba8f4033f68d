"""What the compiled loop is told of an experiment that fits: its operations and sizes as data."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import prod
from typing import Any

import numpy as np

from app.experiment.experiment import Experiment
from app.parts.datasets.prepared import Array
from app.parts.layers.stack import Placed
from app.training.steppers.compiled import opcodes

Bend = Callable[[Any], tuple[int, float, float]]
# Code and two numbers of an activation; through others that fit (`app.experiment.compilable`) numbers pass unchanged.
BENDS: dict[str, Bend] = {
    "relu": lambda _: (opcodes.RELU, 0, 0),
    "leaky_relu": lambda layer: (opcodes.LEAKY_RELU, layer.negative_slope, 0),
    "elu": lambda layer: (opcodes.ELU, layer.alpha, 0),
    "tanh": lambda _: (opcodes.TANH, 0, 0),
    "sigmoid": lambda _: (opcodes.SIGMOID, 0, 0),
    "gelu": lambda layer: (opcodes.GELU if layer.approximate == "none" else opcodes.GELU_BY_TANH, 0, 0),
    "silu": lambda _: (opcodes.SILU, 0, 0),
    "softplus": lambda layer: (opcodes.SOFTPLUS, layer.beta, layer.threshold),
    "sine": lambda layer: (opcodes.SINE, layer.frequency, 0),
}
LOSSES: dict[str, Callable[[Any], tuple[int, float]]] = {
    "mse": lambda _: (opcodes.MSE, 0.0),
    "l1": lambda _: (opcodes.L1, 0.0),
    "huber": lambda loss: (opcodes.HUBER, loss.delta),
    "bce_with_logits": lambda _: (opcodes.BCE, 0.0),
    "hinge": lambda loss: (opcodes.HINGE, loss.margin),
    "cross_entropy": lambda loss: (opcodes.CROSS_ENTROPY, loss.label_smoothing),
}
# Code and `rates` of `kernel._update`.
OPTIMIZERS: dict[str, Callable[[Any], tuple[int, Sequence[float]]]] = {
    "sgd": lambda optimizer: (opcodes.SGD, (optimizer.momentum, optimizer.nesterov, 0, optimizer.weight_decay)),
    "adam": lambda optimizer: (opcodes.ADAM, (optimizer.beta1, optimizer.beta2, optimizer.eps, optimizer.weight_decay)),
    "adamw": lambda optimizer: (
        opcodes.ADAMW,
        (optimizer.beta1, optimizer.beta2, optimizer.eps, optimizer.weight_decay),
    ),
    "rmsprop": lambda optimizer: (opcodes.RMSPROP, (optimizer.alpha, 0, optimizer.eps, optimizer.weight_decay)),
    "adagrad": lambda optimizer: (opcodes.ADAGRAD, (0, optimizer.lr_decay, optimizer.eps, optimizer.weight_decay)),
}


@dataclass
class Plan:
    """The rows of operations, and where each weight stands. Slots are numbers of `values` in the loop."""

    operations: list[list[int]] = field(default_factory=list[list[int]])
    settings: list[tuple[float, float]] = field(default_factory=list[tuple[float, float]])
    places: dict[str, tuple[int, tuple[int, ...]]] = field(
        default_factory=dict[str, tuple[int, tuple[int, ...]]]
    )  # by address of a parameter: where it begins, and its sizes
    weights: int = 0  # how many
    slots: int = 0
    _learned: set[int] = field(default_factory=set[int])  # slots that depend on weights, so that gradients go there

    def decayed(self) -> Array:
        """A 1 for each weight that regularisation pulls at, 0 for the others: (weights,)."""
        marks = np.zeros(self.weights)
        for first, sizes in self.places.values():
            marks[first : first + prod(sizes)] = len(sizes) > 1
        return marks

    def stack(self, placed: Sequence[Placed], source: int, at: str = "") -> int:
        """Appends the operations of some layers to which slot `source` goes, and gives the slot that leaves them."""
        for entry in placed:
            layer, path, count = entry.layer, at + entry.path, entry.before.numbers
            if layer.kind == "linear":
                source = self._linear(entry, path, source)
            elif layer.kind == "residual":
                end = self.stack(layer.placed(entry.before), source, path)
                source = self._append([opcodes.ADD, end, source, 0, count, count, -1, -1], (0, 0), {end, source})
            elif layer.kind in BENDS:
                kind, *both = BENDS[layer.kind](layer)
                source = self._append([kind, source, -1, 0, count, count, -1, -1], (both[0], both[1]), {source})
        return source

    def finish(self) -> None:
        """Says of every operation where its gradients go."""
        reached: set[int] = set()
        for row in reversed(self.operations):
            for slot in (row[opcodes.SOURCE], row[opcodes.OTHER]):
                row.append(-1 if slot not in self._learned else int(slot in reached))
                reached.add(slot)

    def _linear(self, placed: Placed, path: str, source: int) -> int:
        takes, gives = placed.before.numbers, placed.after.numbers
        first = {
            name: self._place(f"{path}/{name}", sizes) for name, sizes in placed.layer.weights(placed.before).items()
        }
        row = [opcodes.LINEAR, source, -1, 0, takes, gives, first["weight"], first.get("bias", -1)]
        slot = self._append(row, (0, 0), set())
        self._learned.add(slot)
        return slot

    def _place(self, address: str, sizes: tuple[int, ...]) -> int:
        first, self.weights = self.weights, self.weights + prod(sizes)
        self.places[address] = (first, sizes)
        return first

    def _append(self, row: list[int], settings: tuple[float, float], sources: set[int]) -> int:
        slot, self.slots = self.slots, self.slots + row[opcodes.GIVES]
        row[opcodes.OUT] = slot
        self.operations.append(row)
        self.settings.append(settings)
        if sources & self._learned:
            self._learned.add(slot)
        return slot


def plan_of(experiment: Experiment) -> Plan:
    """The plan of an experiment that fits."""
    placed = experiment.placed()
    plan = Plan(slots=placed[0].before.numbers)
    plan.stack(placed, 0)
    plan.finish()
    return plan
