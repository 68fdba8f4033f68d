"""A shortcut around a stack."""

from torch import Tensor, nn


class Residual(nn.Module):
    """Adds the input of its inner layers to their output. Source: He et al. 2015, arXiv:1512.03385."""

    def __init__(self, layers: list[nn.Module]) -> None:
        super().__init__()
        self.layers = nn.Sequential(*layers)

    def forward(self, x: Tensor) -> Tensor:  # (batch, ...) -> (batch, ...), same shape
        return x + self.layers(x)
