"""Stacks side by side."""

from functools import reduce
from typing import Literal

import torch
from torch import Tensor, nn


class Branch(nn.Module):
    """One of the stacks."""

    def __init__(self, layers: list[nn.Module]) -> None:
        super().__init__()
        self.layers = nn.Sequential(*layers)

    def forward(self, x: Tensor) -> Tensor:  # (batch, ...) -> (batch, ...)
        return self.layers(x)


class Branches(nn.Module):
    """What all branches make of the same input, joined or added. Source: Szegedy et al. 2014, arXiv:1409.4842."""

    def __init__(self, branches: list[Branch], join: Literal["concat", "add"] = "concat", dim: int = 1) -> None:
        super().__init__()
        self.branches = nn.ModuleList(branches)
        self.join = join
        self.dim = dim

    def forward(
        self, x: Tensor
    ) -> Tensor:  # (batch, channels, ...) -> (batch, all their channels or those of one, ...)
        given = [branch(x) for branch in self.branches]
        return torch.cat(given, self.dim) if self.join == "concat" else reduce(torch.add, given)

    def extra_repr(self) -> str:
        return f"join={self.join!r}" + (f", dim={self.dim}" if self.dim != 1 else "")
