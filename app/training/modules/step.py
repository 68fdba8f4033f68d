"""A step as activation."""

import torch
from torch import Tensor, nn


class Step(nn.Module):
    """1 for positive numbers, 0 for negative ones, ½ at 0. Source: McCulloch and Pitts 1943, doi:10.1007/BF02478259.

    `sign` has the gradient 0 everywhere, and so has this: it can be used, but nothing before it learns.
    """

    def forward(self, x: Tensor) -> Tensor:  # (batch, ...) -> (batch, ...), same shape
        return (torch.sign(x) + 1) / 2
