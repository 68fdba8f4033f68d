"""Averages of weights over the steps: they answer in place of the weights in training, and tremble less."""

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn

from app.training.building import BuiltNetwork, put_weights, weights_of

PREFIX = "average:"  # in a checkpoint, in front of a weight's address
_lerp: Any = torch._foreach_lerp_  # pyright: ignore[reportPrivateUsage, reportPrivateImportUsage]  # one call for all of them


class Averages:
    """`networks` hold the averages of those in training, with the running statistics of batch norms among them; they
    begin as these do."""

    def __init__(self, networks: Mapping[str, BuiltNetwork], trained: Mapping[str, nn.Module], kept: float) -> None:
        self.networks = networks
        self._kept = kept
        for network in networks.values():
            network.requires_grad_(False).eval()
        pairs = [
            (own, other)
            for name, network in networks.items()
            for own, other in zip(_tensors(network), _tensors(trained[name]), strict=True)
        ]
        self._own = [own for own, _ in pairs if own.is_floating_point()]
        self._others = [other for _, other in pairs if other.is_floating_point()]
        self._counts = [(own, other) for own, other in pairs if not own.is_floating_point()]

    def take(self, step: int) -> None:
        """Takes in the weights after so many steps."""
        with torch.no_grad():
            _lerp(self._own, self._others, 1 - share_kept(self._kept, step))
            for own, other in self._counts:
                own.copy_(other)

    def state(self) -> dict[str, Tensor]:
        """What a checkpoint keeps."""
        kept = [weights_of(network, name) for name, network in self.networks.items()]
        return {PREFIX + address: tensor for weights in kept for address, tensor in weights.items()}

    def restore(self, tensors: Mapping[str, Tensor]) -> None:
        """Goes on from a `state`, among other tensors."""
        own = averages_in(tensors)
        for name, network in self.networks.items():
            put_weights(network, name, own)


def averages_in(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The averaged weights of a checkpoint by address; none where nothing is averaged."""
    return {name.removeprefix(PREFIX): tensor for name, tensor in tensors.items() if name.startswith(PREFIX)}


def share_kept(kept: float, step: int) -> float:
    """How much of the averages stays at a step: less at first, so that they leave the first weights behind."""
    return min(kept, step / (step + 9))


def _tensors(network: nn.Module) -> list[Tensor]:
    return [tensor.detach() for tensor in (*network.parameters(), *network.buffers())]
