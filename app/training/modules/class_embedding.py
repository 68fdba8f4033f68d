"""Adds an embedding of the class that is asked for."""

import torch
from torch import Tensor, nn

from app.training.modules.sides import Reading


class ClassEmbedding(Reading):
    """A row of `width` learned numbers for each class, added at every place. Source: Mirza and Osindero 2014,
    arXiv:1411.1784."""

    def __init__(self, classes: int, width: int, dim: int = 1) -> None:
        super().__init__()
        self.dim = dim  # of x, along which the numbers lie
        self.weight = nn.Parameter(torch.randn(classes, width))

    def forward(self, x: Tensor) -> Tensor:  # (b, …, width, …) -> the same; the side `label` is (b,) class numbers
        rows = nn.functional.embedding(self.sides["label"], self.weight)
        sizes = [1] * x.dim()
        sizes[0], sizes[self.dim] = rows.shape
        return x + rows.reshape(sizes)
