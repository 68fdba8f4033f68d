"""What keeps weights small: a pull at the gradients, a penalty that is its reason, and a longest length of weights."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from app.experiment.training import Regularization
from app.training.building import WEIGHTED

TRANSPOSED = (nn.ConvTranspose1d, nn.ConvTranspose2d)


def pull(weights: Sequence[Tensor], rules: Regularization) -> None:
    """Adds L1 and L2 to the gradients."""
    with torch.no_grad():
        for weight in weights:
            if weight.grad is not None:
                weight.grad.add_(rules.l1 * weight.sign() + rules.l2 * weight)


def penalty(weights: Sequence[Tensor], rules: Regularization) -> float:
    """The number whose gradient `pull` adds: l1 · Σ|w| + l2 · Σw² / 2."""
    if not (rules.l1 or rules.l2):
        return 0.0
    with torch.no_grad():
        return sum(float(rules.l1 * weight.abs().sum() + rules.l2 * weight.square().sum() / 2) for weight in weights)


def shorten(network: nn.Module, longest: float) -> None:
    """Shortens the weights that come into each neuron or filter to a length of at most `longest`; biases are free.

    Source: Srivastava et al. 2014, jmlr.org/papers/v15/srivastava14a.html, section 5.1.
    """
    with torch.no_grad():
        for module in network.modules():
            if isinstance(module, WEIGHTED) and module.weight.requires_grad:
                rows = _incoming(module)
                length = rows.square().sum(dim=(1, *range(3, rows.dim())), keepdim=True).sqrt()
                rows.mul_(longest / length.clamp(min=longest))


def _incoming(module: nn.Module) -> Tensor:
    """A view (groups, inputs, outputs, ...) of a module's weight: one output's weights lie along all but 0 and 2."""
    weight: Tensor = module.weight  # pyright: ignore[reportAssignmentType]
    groups: int = getattr(module, "groups", 1)
    if isinstance(module, TRANSPOSED):
        return weight.view(groups, len(weight) // groups, *weight.shape[1:])  # of (inputs, outputs / groups, ...)
    return weight.view(1, *weight.shape).transpose(1, 2)
