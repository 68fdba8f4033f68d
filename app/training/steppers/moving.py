"""One move: the gradients of a loss, what is done to them, and the updates of the networks that move together."""

from collections.abc import Callable, Iterator, Sequence

import torch
from torch import Tensor, nn

from app.experiment.addresses import layer_of, parameter_address
from app.experiment.training import Regularization
from app.training.steppers.bare import bare_backward
from app.training.steppers.player import Player
from app.training.steppers.regularizing import penalty, pull, shorten

SMALLEST_NORM = 1e-12  # against division by zero where all weights of a layer are 0
Observed = dict[str, dict[str, float]]


class Broken(ArithmeticError):
    """A loss is not finite, so its move was not made."""

    def __init__(self, loss: float) -> None:
        super().__init__(f"Expected a finite loss, but got {loss}.")
        self.loss = loss


class Group:
    """Networks that move together. `alone` says that there are no others, whose gradients would have to be spared."""

    def __init__(self, players: Sequence[Player], everyone: Sequence[Player]) -> None:
        self.players = players
        self.asks_again = any(player.asks_again for player in players)
        self.parameters = [parameter for player in players for parameter in player.parameters]
        self._decayed = [parameter for player in players for parameter in player.decayed]
        self._only = () if len(players) == len(everyone) else tuple(self.parameters)
        self._buffers = [buffer for player in everyone for buffer in player.network.buffers()]
        self._one = torch.ones(())  # the loss's gradient by itself

    def move(self, loss: Tensor, again: Callable[[], Tensor], rules: Regularization, observe: bool) -> Observed:
        """Moves the networks by the gradients of `loss`; `again` gives it anew, for optimizers that ask. Gives by layer
        how long gradients and updates were, where they are to be observed."""
        self._go_back(loss)
        gradients = self._gradients() if observe else {}
        self._regularize(rules)
        before = [parameter.detach().clone() for parameter in self.parameters] if observe else []
        for player in self.players:
            if not player.asks_again:
                player.move()
        if self.asks_again:
            self._move_by_closure(loss, again, rules)
        if rules.max_norm:
            for player in self.players:
                shorten(player.network, rules.max_norm)
        return self._observed(gradients, before) if observe else {}

    def _go_back(self, loss: Tensor) -> None:
        for parameter in self.parameters:
            parameter.grad = None
        bare_backward(loss, self._one, self._only)

    def _move_by_closure(self, loss: Tensor, again: Callable[[], Tensor], rules: Regularization) -> None:
        """Steps that look at their batch several times, one network after another. Batch norms count the batch once."""
        counted = [tensor.clone() for tensor in self._buffers]
        asking = [player for player in self.players if player.asks_again]
        known = [loss] if len(self.players) == 1 else []  # its gradients are in place while nobody has moved

        def closure() -> Tensor:
            value = known.pop() if known else self._looked_again(again, rules)
            return value.detach() + penalty(self._decayed, rules)

        for player in asking:
            player.move_by(closure)
        for buffer, before in zip(self._buffers, counted, strict=True):
            buffer.copy_(before)

    def _looked_again(self, again: Callable[[], Tensor], rules: Regularization) -> Tensor:
        loss = again()
        self._go_back(loss)
        self._regularize(rules)
        return loss

    def _regularize(self, rules: Regularization) -> None:
        if rules.l1 or rules.l2:
            pull(self._decayed, rules)
        if rules.clip_norm:
            nn.utils.clip_grad_norm_(self.parameters, rules.clip_norm)

    def _named(self) -> Iterator[tuple[str, Tensor]]:
        """The address of each learned parameter's layer, and the parameter."""
        for player in self.players:
            for name, parameter in player.network.named_parameters():
                if parameter.requires_grad:
                    yield layer_of(parameter_address(player.name, name)), parameter

    def _gradients(self) -> dict[str, float]:
        squares: dict[str, float] = {}
        for path, parameter in self._named():
            if parameter.grad is not None:
                squares[path] = squares.get(path, 0.0) + float(parameter.grad.square().sum())
        return {path: square**0.5 for path, square in squares.items()}

    def _observed(self, gradients: dict[str, float], before: list[Tensor]) -> Observed:
        moved: dict[str, float] = {}
        size: dict[str, float] = {}
        for (path, parameter), old in zip(self._named(), before, strict=True):
            moved[path] = moved.get(path, 0.0) + float((parameter.detach() - old).square().sum())
            size[path] = size.get(path, 0.0) + float(old.square().sum())
        return {
            path: {
                "gradient_norm": gradients.get(path, 0.0),
                "update_ratio": moved[path] ** 0.5 / max(size[path] ** 0.5, SMALLEST_NORM),
            }
            for path in moved
        }
