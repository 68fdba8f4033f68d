"""A network that is trained, with the one optimizer that moves it."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

from app.parts.optimizers import Optimizer
from app.training.building import build
from app.training.steppers.bare import bare_step
from app.training.steppers.flat_parameters import flattened
from app.training.steppers.optimizer_state import Plain, remember, remembered, set_all, set_options, settings


class Player:
    """`parameters` are what it learns, `decayed` those of them that regularisation pulls at."""

    def __init__(self, name: str, network: nn.Module, optimizer: Optimizer) -> None:
        self.name = name
        self.network = network
        self.parameters = [parameter for parameter in network.parameters() if parameter.requires_grad]
        self.decayed = [parameter for parameter in self.parameters if parameter.dim() > 1]
        self.asks_again = optimizer.closure
        self._base_rate = optimizer.lr
        self._flat = flattened(self.parameters) if optimizer.apart else None
        moved = [self._flat.numbers] if self._flat else self.parameters or [torch.zeros(1)]
        self._optimizer: torch.optim.Optimizer = build(optimizer.call(), moved)
        self._take_step = bare_step(self._optimizer)

    def change(self, optimizer: Optimizer) -> None:
        """Changes the optimizer's settings in place; its memory of past gradients stays."""
        self._base_rate = optimizer.lr
        set_options(self._optimizer, optimizer.call().options)

    def set_rate(self, factor: float) -> None:
        """Sets the learning rate to so many times its base."""
        rate = self._base_rate * factor
        if rate != self._optimizer.param_groups[0]["lr"]:
            for group in self._optimizer.param_groups:
                group["lr"] = rate

    def move(self) -> None:
        """Takes the optimizer's step by the gradients that are in place."""
        if self._flat:
            self._flat.gather()
        self._take_step()

    def move_by(self, closure: Callable[[], Tensor]) -> None:
        """Takes a step that asks for the loss and its gradients as often as it wants."""
        step: Any = self._optimizer.step
        step(closure)

    def memory(self) -> tuple[dict[str, Tensor], Plain, list[dict[str, Any]]]:
        """What the optimizer remembers: tensors and plain values by address, and its settings."""
        state = self._optimizer.state
        memory = self._flat.apart(state) if self._flat else state
        return *remembered(memory, self.network, self.name), settings(self._optimizer)

    def remember(self, tensors: dict[str, Tensor], plain: Plain, options: list[dict[str, Any]]) -> None:
        """Puts back what `memory` gave."""
        memory = remember(self.network, self.name, tensors, plain)
        for parameter, kept in (self._flat.together(memory) if self._flat else memory).items():
            self._optimizer.state[parameter].update(kept)
        set_all(self._optimizer, options)
