"""A wave as activation."""

import torch
from torch import Tensor, nn


class Sine(nn.Module):
    """sin(frequency · x). Source: Sitzmann et al. 2020, arXiv:2006.09661."""

    def __init__(self, frequency: float = 1.0) -> None:
        super().__init__()
        self.frequency = frequency

    def forward(self, x: Tensor) -> Tensor:  # (batch, ...) -> (batch, ...), same shape
        return torch.sin(self.frequency * x)

    def extra_repr(self) -> str:
        return f"frequency={self.frequency}"
