"""Early stopping: the best loss so far, the weights that reached it, and how long ago that was."""

from typing import Any

from torch import Tensor

from app.experiment.training import EarlyStopping
from app.training.building import put_weights, weights_of
from app.training.tasks.work import Networks

PREFIX = "best:"  # in a checkpoint, in front of a weight's address


class Early:
    """Looks at the watched loss at the end of each epoch."""

    def __init__(self, rule: EarlyStopping) -> None:
        self._rule = rule
        self.best = float("inf")
        self.best_epoch = 0.0
        self.epochs_since = 0
        self._weights: dict[str, Tensor] = {}

    def enough(self, loss: float, epoch: float, networks: Networks) -> bool:
        """Whether it is time to stop; keeps the weights where the loss is the best so far."""
        if loss < self.best - self._rule.smallest_gain:
            self.best, self.best_epoch, self.epochs_since = loss, epoch, 0
            kept = [weights_of(network, name) for name, network in networks.items()]
            self._weights = {address: tensor.clone() for weights in kept for address, tensor in weights.items()}
            return False
        self.epochs_since += 1
        return self.epochs_since >= self._rule.patience

    def put_back(self, networks: Networks) -> None:
        """Gives the networks their best weights."""
        if self._weights:
            for name, network in networks.items():
                put_weights(network, name, self._weights)

    def state(self) -> tuple[dict[str, Tensor], dict[str, Any]]:
        """What a checkpoint keeps."""
        best = None if self.best == float("inf") else self.best
        values = {"best": best, "best_epoch": self.best_epoch, "epochs_since": self.epochs_since}
        return {PREFIX + name: tensor for name, tensor in self._weights.items()}, values

    def restore(self, tensors: dict[str, Tensor], values: dict[str, Any]) -> None:
        """Goes on from a `state`."""
        self.best = float("inf") if values["best"] is None else values["best"]
        self.best_epoch, self.epochs_since = values["best_epoch"], values["epochs_since"]
        self._weights = {name[len(PREFIX) :]: tensor for name, tensor in tensors.items() if name.startswith(PREFIX)}
