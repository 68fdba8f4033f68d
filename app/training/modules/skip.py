"""A stack whose output is joined to what went in."""

import torch
from torch import Tensor, nn


class Skip(nn.Module):
    """Puts the output of its inner layers behind their input. Source: Ronneberger et al. 2015, arXiv:1505.04597."""

    def __init__(self, layers: list[nn.Module], dim: int = 1) -> None:
        super().__init__()
        self.layers = nn.Sequential(*layers)
        self.dim = dim

    def forward(self, x: Tensor) -> Tensor:  # (batch, channels, ...) -> (batch, channels + inner channels, ...)
        return torch.cat((x, self.layers(x)), self.dim)
