"""A stepper with what it is fed, and a second one, deliberately dull, that anyone can check by reading it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from app.experiment.check import checked
from app.experiment.experiment import Experiment
from app.parts.datasets.prepared import Array
from app.training.building import build, build_networks, put_weights, weights_of
from app.training.data.feed import Feed, feed_of
from app.training.data.samples import ArraySamples, samples_of
from app.training.steppers.eager import DROPOUT, EagerStepper
from app.training.steppers.optimizer_state import remember, remembered, set_all, set_options, settings
from app.training.steppers.regularizing import penalty, pull, shorten
from app.training.steppers.stepper import Chunk, State, Stepper
from app.training.tasks import WORK
from app.training.tasks.supervised import Supervised, targets_of
from app.training.tasks.work import Networks, Work


class Broken(Exception):
    """The loss is not finite."""


class DullStepper:
    """One parameter after another by PyTorch's own public means: no row, no bare step, no bare backward pass."""

    name = "dull"

    def __init__(self, experiment: Experiment, feed: Feed, work: Work) -> None:
        self.experiment = experiment
        self.feed = feed
        self.work = work
        self.step = 0
        self.factor = 1.0
        self.only: Sequence[str] | None = None
        self.networks: Networks = build_networks(experiment)
        self.averages: Networks | None = build_networks(experiment) if experiment.training.averaging else None
        self.optimizers: dict[str, torch.optim.Optimizer] = {
            name: build(experiment.optimizer_of(name).call(), list(network.parameters()) or [torch.zeros(1)])
            for name, network in self.networks.items()
        }
        torch.manual_seed(experiment.seed * 1_000 + DROPOUT)

    @property
    def averaged(self) -> Networks:
        return self.averages or self.networks

    def advance(self, count: int, observe: bool = False) -> Chunk:
        found: list[dict[str, float]] = []
        factors: list[float] = []
        epochs: list[float] = []
        before, broke = self.feed.order.samples_seen, False
        for _ in range(count):
            for network in self.networks.values():
                network.train()
            factors.append(self._factor())
            batch = self.feed.batch(self.step)
            try:
                found.append(self.work.step(self.networks, batch, self._move))
            except Broken:
                broke = True
                found.append(dict.fromkeys(self.work.task.losses, float("nan")))
            else:
                self.step += 1
                self._average()
                self.feed.took(batch)
            epochs.append(self.feed.order.epoch)
            if broke:
                break
        losses = {name: np.array([values[name] for values in found]) for name in self.work.task.losses}
        samples = self.feed.order.samples_seen - before
        return Chunk(losses, np.array(factors), np.array(epochs), samples, broke)

    def _average(self) -> None:
        kept = min(self.experiment.training.averaging, self.step / (self.step + 9))
        for name, network in (self.averages or {}).items():
            trained = self.networks[name].state_dict()
            for key, average in network.state_dict().items():
                if average.is_floating_point():
                    average.lerp_(trained[key], 1 - kept)
                else:
                    average.copy_(trained[key])

    def change(self, experiment: Experiment) -> None:
        self.experiment = experiment
        for name, optimizer in self.optimizers.items():
            set_options(optimizer, experiment.optimizer_of(name).call().options)

    def state(self) -> State:
        tensors: dict[str, Tensor] = {"random": torch.get_rng_state()}
        plain: dict[str, dict[str, Any]] = {}
        for name, network in self.networks.items():
            memory, others = remembered(self.optimizers[name].state, network, name)
            tensors |= weights_of(network, name) | memory
            plain |= others
        for name, network in (self.averages or {}).items():
            tensors |= {f"average:{address}": tensor for address, tensor in weights_of(network, name).items()}
        return State(
            tensors,
            {
                "step": self.step,
                "watched_factor": self.factor,
                "regularization": self.experiment.training.regularization.model_dump(),
                "optimizers": {name: settings(optimizer) for name, optimizer in self.optimizers.items()},
                "memory": plain,
            },
        )

    def restore(self, state: State) -> None:
        for name, network in self.networks.items():
            put_weights(network, name, state.tensors)
            for parameter, kept in remember(network, name, state.tensors, state.values["memory"]).items():
                self.optimizers[name].state[parameter].update(kept)
            set_all(self.optimizers[name], state.values["optimizers"][name])
        torch.set_rng_state(state.tensors["random"])
        self.step, self.factor = state.values["step"], state.values["watched_factor"]

    def _factor(self) -> float:
        factor = self.factor * self.experiment.schedule.factor(self.feed.order.epoch, self.experiment.training.epochs)
        for name, optimizer in self.optimizers.items():
            for group in optimizer.param_groups:
                group["lr"] = self.experiment.optimizer_of(name).lr * factor
        return factor

    def _move(self, names: tuple[str, ...], loss: Callable[[], Tensor]) -> float:
        rules = self.experiment.training.regularization
        parameters = [parameter for name in names for parameter in self.networks[name].parameters()]
        decayed = [parameter for parameter in parameters if parameter.dim() > 1]
        buffers = [tensor for network in self.networks.values() for tensor in network.buffers()]
        chance = torch.get_rng_state()
        counted: list[Tensor] = []
        first: list[float] = []

        def closure() -> Tensor:
            torch.set_rng_state(chance)
            for parameter in parameters:
                parameter.grad = None
            value = loss()
            if not first:
                first.append(value.item())
                counted[:] = [tensor.clone() for tensor in buffers]
            if not isfinite(first[0]):
                raise Broken
            if value.requires_grad:
                value.backward(inputs=parameters)
                if rules.l1 or rules.l2:
                    pull(decayed, rules)
                if rules.clip_norm:
                    nn.utils.clip_grad_norm_(parameters, rules.clip_norm)
            return value.detach() + penalty(decayed, rules)

        asking = [name for name in names if self.experiment.optimizer_of(name).closure]
        plain = [name for name in names if name not in asking]
        if plain:
            closure()
        for name in plain:
            self.optimizers[name].step()
        for name in asking:
            step: Any = self.optimizers[name].step
            step(closure)
        for buffer, before in zip(buffers, counted, strict=True):
            buffer.copy_(before)
        if rules.max_norm:
            for name in names:
                shorten(self.networks[name], rules.max_norm)
        return first[0]


@dataclass
class Training:
    """A stepper with what it is fed and what it computes."""

    stepper: Stepper
    feed: Feed
    samples: ArraySamples
    work: Supervised

    @property
    def network(self) -> Any:
        """The network of a task that has one."""
        return self.stepper.networks["main"]

    @property
    def weights(self) -> list[nn.Parameter]:
        """Its parameters but the biases."""
        return [parameter for parameter in self.network.parameters() if parameter.dim() > 1]

    def batch(self) -> tuple[Tensor, Tensor]:
        """Inputs and targets of the next batch."""
        batch = self.feed.batch(self.stepper.step)
        return batch.inputs["x"], targets_of(batch)

    def losses(self, count: int) -> Array:
        """Those of so many steps."""
        return self.stepper.advance(count).losses["loss"]


def begin(document: dict[str, Any], kind: Callable[[Experiment, Feed, Work], Stepper] = EagerStepper) -> Training:
    """A document's training, before its first step."""
    experiment = checked(document)
    samples = samples_of(experiment)
    work = WORK[experiment.task.kind](experiment)
    assert isinstance(work, Supervised)
    feed = feed_of(experiment, samples)
    return Training(kind(experiment, feed, work), feed, samples, work)
