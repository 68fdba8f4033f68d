"""The stepper that uses PyTorch as everyone does: the reference for every other."""

from math import isfinite
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from app.experiment.experiment import Experiment
from app.experiment.training import Regularization
from app.parts.datasets.prepared import Array
from app.training.augmenting import augmenting_of
from app.training.building import build, build_network, captured, path_of
from app.training.samples import Samples, order_of
from app.training.steppers.bare import bare_backward, bare_step
from app.training.steppers.memory import remember, remembered, set_all, set_options, settings
from app.training.steppers.regularizing import penalty, pull, shorten
from app.training.steppers.row import row_of
from app.training.steppers.stepper import Chunk

SMALLEST_NORM = 1e-12  # against division by zero where all weights of a layer are 0
Asked = tuple[Tensor, Tensor, Tensor | None]  # a batch, and the state of chance before it was looked at
DROPOUT = 7  # stream of randomness for dropout, mixed into the seed of PyTorch's generator


class EagerStepper:
    """Forward, loss, backward, update; one batch after another, in the order that seed and epoch decide."""

    name = "eager"

    def __init__(self, experiment: Experiment, samples: Samples) -> None:
        torch.set_num_threads(experiment.training.threads)
        self.network = build_network(experiment)
        self.criterion: nn.Module = build(experiment.loss.module())
        self.parameters = list(self.network.parameters())
        self._row = row_of(self.parameters) if experiment.optimizer.apart else None
        moved = [self._row.numbers] if self._row else self.parameters or [torch.zeros(1)]
        self.optimizer: torch.optim.Optimizer = build(experiment.optimizer.call(), moved)
        self._take_step = bare_step(self.optimizer)
        self._asks_again = experiment.optimizer.closure
        self.decayed = [parameter for parameter in self.parameters if parameter.dim() > 1]
        self.batch_size = experiment.training.batch_size
        self.regularization = experiment.training.regularization
        self.base_lr = experiment.optimizer.lr
        self.watched_factor = 1.0  # of a schedule that watches the losses, set by the loop
        self.schedule = experiment.schedule
        self.epochs = experiment.training.epochs
        self.seed = experiment.seed
        first, last = samples.bounds["train"]
        self.inputs, self.targets = samples.inputs[first:last], samples.targets[first:last]
        self.count = last - first
        self.step = 0
        self.samples_seen = 0
        self._augment = augmenting_of(experiment, samples)
        self._shuffled = -1  # the epoch whose order the two below are in
        self._x, self._y = self.inputs, self.targets
        self._one = torch.ones(())  # the loss's gradient by itself
        torch.default_generator.manual_seed(experiment.seed * 1_000 + DROPOUT)

    @property
    def epoch(self) -> float:
        return self.samples_seen / self.count

    def steps_to_epoch_end(self) -> int:
        left = self.count - self.samples_seen % self.count
        return -(-left // self.batch_size)

    def advance(self, count: int, observe: bool = False) -> Chunk:
        losses: list[float] = []
        rates: list[float] = []
        ends: list[int] = []  # samples seen after each step
        before, layers, broke = self.samples_seen, {}, False
        network, criterion, update = self.network, self.criterion, self._update
        if not network.training:  # walking through all modules takes its time
            network.train()
        for left in range(count, 0, -1):
            x, y = self.batch()
            rates.append(self._set_rate())
            chance = torch.get_rng_state() if self._asks_again else None
            loss = criterion(network(x), y)
            value = loss.item()
            losses.append(value)
            broke = not isfinite(value)
            if not broke:
                layers = update(loss, (x, y, chance), observe and left == 1)
                self.step += 1
                self.samples_seen += len(x)
            ends.append(self.samples_seen)
            if broke:
                break
        epochs: Array = np.array(ends) / self.count
        return Chunk(np.array(losses), epochs, np.array(rates), self.samples_seen - before, broke, layers)

    def batch(self) -> tuple[Tensor, Tensor]:
        """The batch that the next step will use: inputs (b, ...) and targets."""
        epoch, offset = divmod(self.samples_seen, self.count)
        if epoch != self._shuffled:
            order = torch.from_numpy(order_of(self.seed, epoch, self.count))
            self._x, self._y, self._shuffled = self.inputs[order], self.targets[order], epoch
        end = offset + self.batch_size
        x, y = self._x[offset:end], self._y[offset:end]
        return self._augment(x, y, self.step) if self._augment else (x, y)

    def batch_loss(self, batch: tuple[Tensor, Tensor]) -> float:
        """The loss of a batch as the network stands, in `eval` mode."""
        self.network.eval()
        with torch.no_grad():
            return self.criterion(self.network(batch[0]), batch[1]).item()

    def first_broken(self) -> str:
        """The path of the first layer that gives a number that is not finite for the next batch; empty if none does."""
        names: list[str] = [name for name, _ in self.network.named_modules() if name]  # pyright: ignore[reportUnknownVariableType]
        leaves = {name for name in names if not any(other.startswith(f"{name}.") for other in names)}
        self.network.eval()
        with captured(self.network, leaves) as seen, torch.no_grad():
            self.network(self.batch()[0])
        return next((path_of(name + ".") for name, output in seen.items() if not torch.isfinite(output).all()), "")

    def outputs(self, inputs: Tensor) -> Tensor:
        self.network.eval()
        with torch.no_grad():
            return self.network.unobserved(inputs)

    def set_optimizer(self, call_options: dict[str, Any]) -> None:
        """Changes the optimizer's settings in place; its memory of past gradients stays."""
        set_options(self.optimizer, call_options)

    def state(self) -> tuple[dict[str, Tensor], dict[str, Any]]:
        tensors = {f"network.{name}": tensor for name, tensor in self.network.state_dict().items()}
        state = self.optimizer.state
        memory, plain = remembered(self._row.apart(state) if self._row else state, self.network)
        tensors |= memory
        tensors["random"] = torch.get_rng_state()
        return tensors, {
            "step": self.step,
            "samples_seen": self.samples_seen,
            "batch_size": self.batch_size,
            "base_lr": self.base_lr,
            "watched_factor": self.watched_factor,
            "regularization": self.regularization.model_dump(),
            "optimizer": settings(self.optimizer),
            "memory": plain,
        }

    def restore(self, tensors: dict[str, Tensor], values: dict[str, Any]) -> None:
        self.network.load_state_dict({name[8:]: one for name, one in tensors.items() if name.startswith("network.")})
        memory = remember(self.network, tensors, values["memory"])
        for parameter, kept in (self._row.together(memory) if self._row else memory).items():
            self.optimizer.state[parameter].update(kept)
        torch.set_rng_state(tensors["random"])
        self.step, self.samples_seen = values["step"], values["samples_seen"]
        self.batch_size, self.base_lr = values["batch_size"], values["base_lr"]
        self.watched_factor = values["watched_factor"]
        self.regularization = Regularization.model_validate(values["regularization"])
        set_all(self.optimizer, values["optimizer"])

    def _set_rate(self) -> float:
        rate = self.base_lr * self.watched_factor
        if not self.schedule.steady or self.epoch < self.schedule.warmup:
            rate *= self.schedule.factor(self.epoch, self.epochs)
        if rate != self.optimizer.param_groups[0]["lr"]:
            for group in self.optimizer.param_groups:
                group["lr"] = rate
        return rate

    def _update(self, loss: Tensor, asked: Asked, observed: bool) -> dict[str, dict[str, float]]:
        if not loss.requires_grad:  # a network that learns nothing
            return {}
        self._go_back(loss)
        gradients = self._gradients() if observed else {}
        self._regularize()
        before = [parameter.detach().clone() for parameter in self.parameters] if observed else []
        if self._asks_again:
            self._move_by_closure(loss, asked)
        else:
            if self._row:
                self._row.gather()
            self._take_step()
        if self.regularization.max_norm:
            shorten(self.network, self.regularization.max_norm)
        return self._observed(gradients, before) if observed else {}

    def _go_back(self, loss: Tensor) -> None:
        for parameter in self.parameters:
            parameter.grad = None
        bare_backward(loss, self._one)

    def _move_by_closure(self, loss: Tensor, asked: Asked) -> None:
        """A step that looks at its batch several times, always with the same dropout: else it would compare losses of
        different networks. Batch norms count the batch once."""
        x, y, chance = asked
        counted = [one.clone() for one in self.network.buffers()]
        known = [loss]  # its gradients are in place

        def closure() -> Tensor:
            value = known.pop() if known else self._looked_again(x, y, chance)
            return value.detach() + penalty(self.decayed, self.regularization)

        step: Any = self.optimizer.step
        step(closure)
        for buffer, before in zip(self.network.buffers(), counted, strict=True):
            buffer.copy_(before)

    def _looked_again(self, x: Tensor, y: Tensor, chance: Tensor | None) -> Tensor:
        if chance is not None:
            torch.set_rng_state(chance)
        loss = self.criterion(self.network(x), y)
        self._go_back(loss)
        self._regularize()
        return loss

    def _regularize(self) -> None:
        rules = self.regularization
        if rules.l1 or rules.l2:
            pull(self.decayed, rules)
        if rules.clip_norm:
            nn.utils.clip_grad_norm_(self.parameters, rules.clip_norm)

    def _gradients(self) -> dict[str, float]:
        squares: dict[str, float] = {}
        for name, parameter in self.network.named_parameters():
            if parameter.grad is not None:
                path = path_of(name)
                squares[path] = squares.get(path, 0.0) + float(parameter.grad.square().sum())
        return {path: square**0.5 for path, square in squares.items()}

    def _observed(self, gradients: dict[str, float], before: list[Tensor]) -> dict[str, dict[str, float]]:
        moved: dict[str, float] = {}
        size: dict[str, float] = {}
        for (name, parameter), old in zip(self.network.named_parameters(), before, strict=True):
            path = path_of(name)
            moved[path] = moved.get(path, 0.0) + float((parameter.detach() - old).square().sum())
            size[path] = size.get(path, 0.0) + float(old.square().sum())
        return {
            path: {
                "gradient_norm": gradients.get(path, 0.0),
                "update_ratio": moved[path] ** 0.5 / max(size[path] ** 0.5, SMALLEST_NORM),
            }
            for path in moved
        }
