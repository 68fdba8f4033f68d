"""Adds an embedding of the time of diffusion."""

import torch
from torch import Tensor, nn

from app.training.modules.sides import Reading

SLOWEST, FASTEST = 1.0, 100.0  # radians from clean to pure noise


class TimeEmbedding(Reading):
    """A linear map of sines and cosines of the time, added at every place. Source: Ho et al. 2020, arXiv:2006.11239."""

    def __init__(self, waves: int, width: int, dim: int = 1) -> None:
        super().__init__()
        self.dim = dim  # of x, along which the numbers lie
        start = nn.Linear(2 * waves, width)
        self.weight, self.bias = start.weight, start.bias
        self.speeds = SLOWEST * (FASTEST / SLOWEST) ** torch.linspace(0, 1, waves)

    def forward(self, x: Tensor) -> Tensor:  # (b, …, width, …) -> the same; the side `time` is (b,) or (1,), of 0 to 1
        turns = self.sides["time"].expand(len(x))[:, None] * self.speeds
        rows = nn.functional.linear(torch.cat([turns.sin(), turns.cos()], dim=1), self.weight, self.bias)
        sizes = [1] * x.dim()
        sizes[0], sizes[self.dim] = rows.shape
        return x + rows.reshape(sizes)

    def extra_repr(self) -> str:
        return f"waves={len(self.speeds)}, width={len(self.bias)}, dim={self.dim}"
