"""The stepper that uses PyTorch as everyone does: the reference for every other."""

from collections.abc import Callable, Sequence
from math import isfinite
from typing import Any

import numpy as np
import torch
from torch import Tensor

from app.experiment.experiment import Experiment
from app.experiment.training import Regularization
from app.training.building import build_networks, put_weights, weights_of
from app.training.data.feed import Feed
from app.training.steppers.averaging import Averages
from app.training.steppers.moving import Broken, Group
from app.training.steppers.optimizer_state import Plain
from app.training.steppers.player import Player
from app.training.steppers.stepper import Chunk, State
from app.training.tasks.work import Networks, Work

DROPOUT = 7  # stream of randomness for dropout, mixed into the seed of PyTorch's generator


class EagerStepper:
    """Forward, loss, backward, update; one batch after another, as the task's own step says."""

    name = "eager"

    def __init__(self, experiment: Experiment, feed: Feed, work: Work) -> None:
        torch.set_num_threads(experiment.training.threads)
        self.networks = build_networks(experiment)
        self.step = 0
        self.factor = 1.0
        self.only: Sequence[str] | None = None
        self._feed = feed
        self._work = work
        self._players = {
            name: Player(name, network, experiment.optimizer_of(name)) for name, network in self.networks.items()
        }
        kept = experiment.training.averaging  # after the players, who lay the weights out anew
        self._averages = Averages(build_networks(experiment), self.networks, kept) if kept else None
        self._groups: dict[tuple[str, ...], Group] = {}
        self._rules = experiment.training.regularization
        self._schedule = experiment.schedule
        self._epochs = experiment.training.epochs
        self._observing = False
        self._observed: dict[str, dict[str, float]] = {}
        torch.default_generator.manual_seed(experiment.seed * 1_000 + DROPOUT)

    @property
    def averaged(self) -> Networks:
        return self._averages.networks if self._averages else self.networks

    def advance(self, count: int, observe: bool = False) -> Chunk:
        losses: list[dict[str, float]] = []
        factors: list[float] = []
        epochs: list[float] = []
        feed, step, networks, move = self._feed, self._work.step, self.networks, self._move
        averages, before, broke = self._averages, feed.order.samples_seen, False
        self._observed = {}
        for network in networks.values():
            if not network.training:  # walking through all modules takes its time
                network.train()
        for left in range(count, 0, -1):
            batch = feed.batch(self.step)
            factors.append(self._set_rates())
            self._observing = observe and left == 1
            try:
                losses.append(step(networks, batch, move))
            except Broken as broken:
                losses.append(dict.fromkeys(self._work.task.losses, broken.loss))
                epochs.append(feed.order.epoch)
                broke = True
                break
            self.step += 1
            if averages:
                averages.take(self.step)
            feed.took(batch)
            epochs.append(feed.order.epoch)
        columns = {name: np.array([loss[name] for loss in losses]) for name in self._work.task.losses}
        samples = feed.order.samples_seen - before
        return Chunk(columns, np.array(factors), np.array(epochs), samples, broke, self._observed)

    def change(self, experiment: Experiment) -> None:
        self._rules = experiment.training.regularization
        for name, player in self._players.items():
            player.change(experiment.optimizer_of(name))

    def state(self) -> State:
        tensors: dict[str, Tensor] = {}
        plain: Plain = {}
        options: dict[str, list[dict[str, Any]]] = {}
        for name, player in self._players.items():
            memory, others, options[name] = player.memory()
            tensors |= weights_of(player.network, name) | memory
            plain |= others
        if self._averages:
            tensors |= self._averages.state()
        return State(
            tensors | {"random": torch.get_rng_state()},
            {
                "step": self.step,
                "watched_factor": self.factor,
                "regularization": self._rules.model_dump(),
                "optimizers": options,
                "memory": plain,
            },
        )

    def restore(self, state: State) -> None:
        tensors, values = state
        for name, player in self._players.items():
            put_weights(player.network, name, tensors)
            player.remember(tensors, values["memory"], values["optimizers"][name])
        if self._averages:
            self._averages.restore(tensors)
        torch.set_rng_state(tensors["random"])
        self.step, self.factor = values["step"], values["watched_factor"]
        self._rules = Regularization.model_validate(values["regularization"])

    def _move(self, names: tuple[str, ...], loss: Callable[[], Tensor]) -> float:
        if self.only is not None:
            names = tuple(name for name in names if name in self.only)
        group = self._groups.get(names) or self._grouped(names)
        chance = torch.get_rng_state() if group.asks_again else None
        first = loss()
        value = first.item()
        if not isfinite(value):
            raise Broken(value)

        def again() -> Tensor:
            """The loss with the same dropout each time: else losses of different networks would be compared."""
            if chance is not None:
                torch.set_rng_state(chance)
            return loss()

        if first.requires_grad and names:  # else nothing learns by it
            self._observed |= group.move(first, again, self._rules, self._observing)
        return value

    def _grouped(self, names: tuple[str, ...]) -> Group:
        everyone = tuple(self._players.values())
        group = self._groups[names] = Group([self._players[name] for name in names], everyone)
        return group

    def _set_rates(self) -> float:
        factor, epoch = self.factor, self._feed.order.epoch
        if not self._schedule.steady or epoch < self._schedule.warmup:
            factor *= self._schedule.factor(epoch, self._epochs)
        for player in self._players.values():
            player.set_rate(factor)
        return factor
