"""The stepper of small dense networks: a chunk of steps is one call of a compiled loop."""

from collections.abc import Sequence
from math import prod
from typing import Any, ClassVar

import numpy as np
import torch
from torch import Tensor, nn

from app.experiment.addresses import layer_of, name_within, network_of
from app.experiment.experiment import Experiment
from app.experiment.training import Regularization
from app.parts.datasets.prepared import Array
from app.training.building import build, build_networks, put_weights, weights_of
from app.training.data.batch import X
from app.training.data.feed import Feed
from app.training.steppers.compiled import kernel, opcodes
from app.training.steppers.compiled.plan import LOSSES, OPTIMIZERS, plan_of
from app.training.steppers.compiled.shuffles import shuffles_of
from app.training.steppers.eager import DROPOUT
from app.training.steppers.moving import SMALLEST_NORM, Observed
from app.training.steppers.optimizer_state import remember, remembered, settings
from app.training.steppers.stepper import Chunk, State
from app.training.tasks.work import Networks, Work

# What PyTorch calls what each optimizer remembers: its mean and its mean square.
SLOTS: dict[int, tuple[str | None, str | None]] = {
    opcodes.SGD: ("momentum_buffer", None),
    opcodes.ADAM: ("exp_avg", "exp_avg_sq"),
    opcodes.ADAMW: ("exp_avg", "exp_avg_sq"),
    opcodes.RMSPROP: (None, "square_avg"),
    opcodes.ADAGRAD: (None, "sum"),
}

train: Any = kernel.train  # pyright: ignore[reportUnknownVariableType] - Numba tells nothing of its types


class CompiledStepper:
    """Its networks are PyTorch's, their weights views of the one row that the loop changes: who looks at a network or
    sets a weight by hand needs to know nothing of it."""

    name = "compiled"
    real: ClassVar[Any] = np.float32  # the kind of number it computes with

    def __init__(self, experiment: Experiment, feed: Feed, work: Work) -> None:
        torch.set_num_threads(experiment.training.threads)
        self.networks: Networks = build_networks(experiment)
        self.step = 0
        self.factor = 1.0
        self.only: Sequence[str] | None = None  # it has one network
        self._feed = feed
        self._losses = work.task.losses
        self._plan = plan_of(experiment)
        self._operations = np.array(self._plan.operations)
        self._settings = np.array(self._plan.settings, self.real)
        self._decayed = self._plan.decayed().astype(self.real)
        self._weights = np.empty(self._plan.weights, self.real)
        self._parameters = self._moved_into(self._weights)
        self._memory = np.zeros((2, self._plan.weights), self.real)
        self._taken = 0  # steps that the optimizer remembers
        self._samples = _samples(feed, self.real)
        self._shuffles = shuffles_of(feed.order)
        self._rate = 0.0  # of the last step
        self._rules = experiment.training.regularization
        self._experiment = experiment
        torch.default_generator.manual_seed(experiment.seed * 1_000 + DROPOUT)  # so that its state is the same

    @property
    def averaged(self) -> Networks:
        return self.networks

    def advance(self, count: int, observe: bool = False) -> Chunk:
        order, experiment = self._feed.order, self._experiment
        start, samples = order.samples_seen, order.count
        seen = order.seen_after(count)
        before = np.concatenate([[start], seen[:-1]])
        factors = self._factors(before / samples)
        first = start // samples
        rows = self._shuffles.rows(first, int(before[-1]) // samples + 1)
        optimizer = self._optimizer()
        by_rule, rates = OPTIMIZERS[optimizer.kind](optimizer)
        rules = self._rules
        looked = np.empty((2 if observe else 0, self._plan.weights), self.real)
        losses: Array = train(
            self._samples,
            self._operations,
            self._settings,
            self._weights,
            self._decayed,
            self._memory,
            rows,
            (samples, order.batch_size, start - first * samples),
            LOSSES[experiment.loss.kind](experiment.loss),
            (by_rule, self._taken, optimizer.lr),
            np.array(rates, np.float64),
            np.array([rules.l1, rules.l2, rules.clip_norm, rules.max_norm]),
            factors,
            looked,
        )
        begun = len(losses)
        broke = not np.isfinite(losses[-1])
        done = begun - broke
        self.step += done
        if by_rule != opcodes.SGD or optimizer.momentum:
            self._taken += done
        if done:
            order.samples_seen = int(seen[done - 1])
        self._rate = optimizer.lr * factors[begun - 1]
        epochs = seen[:begun] / samples
        if broke:
            epochs[-1] = order.epoch
        return Chunk(
            dict.fromkeys(self._losses, losses),
            factors[:begun],
            epochs,
            order.samples_seen - start,
            broke,
            self._observed(looked) if observe and not broke else {},
        )

    def change(self, experiment: Experiment) -> None:
        self._experiment = experiment
        self._rules = experiment.training.regularization

    def state(self) -> State:
        (name, network), optimizer = *self.networks.items(), self._torch_optimizer()
        for group in optimizer.param_groups:
            group["lr"] = self._rate or group["lr"]
        memory, plain = remembered(self._remembered(), network, name)
        return State(
            weights_of(network, name) | memory | {"random": torch.get_rng_state()},
            {
                "step": self.step,
                "watched_factor": self.factor,
                "regularization": self._rules.model_dump(),
                "optimizers": {name: settings(optimizer)},
                "memory": plain,
            },
        )

    def restore(self, state: State) -> None:
        tensors, values = state
        ((name, network),) = self.networks.items()
        put_weights(network, name, tensors)
        kept = remember(network, name, tensors, values["memory"])
        self._memory[:] = 0
        self._taken = 0
        for parameter, first in self._parameters:
            for memory, slot in zip(self._memory, self._slots(), strict=True):
                if slot in kept.get(parameter, {}):
                    memory[first : first + parameter.numel()] = kept[parameter][slot].numpy().ravel()
                    self._taken = int(kept[parameter].get("step", 1))
        torch.set_rng_state(tensors["random"])
        self.step, self.factor = values["step"], values["watched_factor"]
        self._rules = Regularization.model_validate(values["regularization"])
        self._rate = values["optimizers"][name][0]["lr"]

    def _moved_into(self, row: Array) -> list[tuple[nn.Parameter, int]]:
        """Lays the networks' weights into a row; gives each with the place where it begins."""
        numbers, moved = torch.from_numpy(row), list[tuple[nn.Parameter, int]]()
        for address, (first, sizes) in self._plan.places.items():
            parameter = self.networks[network_of(address)].get_parameter(name_within(address))
            view = numbers[first : first + prod(sizes)].view(sizes)
            parameter.data = view.copy_(parameter.detach())
            moved.append((parameter, first))
        return moved

    def _factors(self, epochs: Array) -> Array:
        """By what each step multiplies the learning rate, given the epoch that each begins at."""
        schedule, all_of_them = self._experiment.schedule, self._experiment.training.epochs
        if schedule.steady and epochs[0] >= schedule.warmup:
            return np.full(len(epochs), self.factor)
        return self.factor * np.array([schedule.factor(epoch, all_of_them) for epoch in epochs.tolist()])

    def _optimizer(self) -> Any:
        return self._experiment.optimizer_of(next(iter(self.networks)))

    def _torch_optimizer(self) -> torch.optim.Optimizer:
        return build(self._optimizer().call(), [parameter for parameter, _ in self._parameters])

    def _slots(self) -> tuple[str | None, str | None]:
        return SLOTS[OPTIMIZERS[self._optimizer().kind](self._optimizer())[0]]

    def _remembered(self) -> dict[Tensor, dict[str, Any]]:
        """What the optimizer remembers, as PyTorch's own does."""
        if self._taken == 0 and self._optimizer().kind != "adagrad":  # that one has it from the start
            return {}
        numbers = torch.from_numpy(self._memory)
        told: dict[Tensor, dict[str, Any]] = {}
        for parameter, first in self._parameters:
            pieces = zip(self._slots(), numbers[:, first : first + parameter.numel()], strict=True)
            told[parameter] = {} if self._optimizer().kind == "sgd" else {"step": torch.tensor(float(self._taken))}
            told[parameter] |= {slot: piece.view(parameter.shape).clone() for slot, piece in pieces if slot}
        return told

    def _observed(self, looked: Array) -> Observed:
        """How long the last step's gradients and updates were, by layer."""
        gradient, before = looked.astype(np.float64)
        moved = self._weights - before
        told: Observed = {}
        layers: dict[str, list[slice]] = {}
        for address, (first, sizes) in self._plan.places.items():
            layers.setdefault(layer_of(address), []).append(slice(first, first + prod(sizes)))
        for path, pieces in layers.items():
            size = _length(before, pieces)
            told[path] = {
                "gradient_norm": _length(gradient, pieces),
                "update_ratio": _length(moved, pieces) / max(size, SMALLEST_NORM),
            }
        return told


def _length(row: Array, pieces: list[slice]) -> float:
    return float(sum(np.sum(row[piece] ** 2) for piece in pieces)) ** 0.5


def _samples(feed: Feed, real: Any) -> tuple[Array, Array, Array]:
    """Inputs (n, k), targets (n, k) and class numbers (n) to learn from; one of the latter two is empty."""
    whole = feed.whole
    if whole is None or whole.targets is None:
        raise ValueError("Expected samples in memory and targets to compare with.")
    inputs = whole.inputs[X].reshape(whole.size, -1).numpy().astype(real, copy=False)
    targets = whole.targets.numpy()
    if targets.ndim == 1:
        return inputs, np.empty((0, 0), real), targets
    return inputs, targets.astype(real, copy=False), np.empty(0, np.int64)
