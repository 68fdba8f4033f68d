"""A learned token in front of all others."""

import torch
from torch import Tensor, nn


class ClassToken(nn.Module):
    """Learned numbers at a place in front, as small at first as BERT's. Source: Devlin et al. 2018,
    arXiv:1810.04805."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(width) * 0.02)

    def forward(self, x: Tensor) -> Tensor:  # (b, places, width) -> (b, 1 + places, width)
        return torch.cat((self.weight.expand(len(x), 1, -1), x), dim=1)
