"""The soft Dice loss."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class Dice(nn.Module):
    """1 − 2 · overlap / (area said + area there), squares as areas, averaged over the classes of each picture.

    `smooth` pixels are added above and below. Source: Milletari, Navab and Ahmadi 2016, arXiv:1606.04797.
    """

    def __init__(self, smooth: float = 1.0) -> None:
        super().__init__()
        self.smooth = smooth

    def forward(self, outputs: Tensor, targets: Tensor) -> Tensor:  # (batch, k, h, w) and (batch, h, w) -> ()
        said = torch.softmax(outputs, dim=1).flatten(2)  # (batch, k, pixels)
        there = F.one_hot(targets.flatten(1), outputs.shape[1]).movedim(2, 1)  # (batch, k, pixels)
        overlap = (said * there).sum(dim=2)
        areas = said.square().sum(dim=2) + there.sum(dim=2)
        return 1 - ((2 * overlap + self.smooth) / (areas + self.smooth)).mean()

    def extra_repr(self) -> str:
        return f"smooth={self.smooth}"
