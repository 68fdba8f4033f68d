"""Channels that are turned up and down."""

import torch
from torch import Tensor, nn


class SqueezeExcite(nn.Module):
    """Scales each channel by a number in 0..1 that follows from the means of all.

    Source: Hu et al. 2017, arXiv:1709.01507.
    """

    def __init__(self, channels: int, units: int) -> None:
        super().__init__()
        self.squeeze = nn.Linear(channels, units)
        self.excite = nn.Linear(units, channels)

    def forward(self, x: Tensor) -> Tensor:  # (batch, channels, ...) -> (batch, channels, ...)
        means = x.flatten(2).mean(2)
        scale = torch.sigmoid(self.excite(torch.relu(self.squeeze(means))))
        return x * scale.reshape(*scale.shape, *[1] * (x.dim() - 2))
