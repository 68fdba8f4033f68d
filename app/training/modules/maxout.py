"""Neurons that answer the largest of several sums."""

from torch import Tensor, nn


class Maxout(nn.Linear):
    """The largest of `pieces` weighted sums for each neuron; those of a neuron are neighbouring rows of the weight.

    Source: Goodfellow et al. 2013, arXiv:1302.4389.
    """

    def __init__(self, inputs: int, units: int, pieces: int, bias: bool = True) -> None:
        super().__init__(inputs, units * pieces, bias)
        self.units, self.pieces = units, pieces

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002  PyTorch calls it so; (batch, inputs) -> (batch, units)
        sums: Tensor = super().forward(input)
        return sums.reshape(-1, self.units, self.pieces).amax(2)

    def extra_repr(self) -> str:
        return f"{super().extra_repr()}, pieces={self.pieces}"
