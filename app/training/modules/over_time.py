"""Modules that make one list of numbers of a whole sequence or series."""

import torch
from torch import Tensor

from app.training.modules.sides import Reading


class OverTime(Reading):
    """`places_last` says that x is (b, width, places), not (b, places, width); `padded`, that the side `padding`,
    (b, places) bool, says which places only fill up."""

    def __init__(self, *, places_last: bool = False, padded: bool = False) -> None:
        super().__init__()
        self.places_last = places_last
        self.padded = padded

    def laid(self, x: Tensor) -> Tensor:
        """As (b, places, width)."""
        return x.transpose(1, 2) if self.places_last else x

    def extra_repr(self) -> str:
        return f"places_last={self.places_last}, padded={self.padded}"


class LastStep(OverTime):
    """What stands at the last place that counts."""

    def forward(self, x: Tensor) -> Tensor:  # (b, places, width) -> (b, width)
        x = self.laid(x)
        return last(x, counted(self.sides["padding"])) if self.padded else x[:, -1]


class MeanOverTime(OverTime):
    """The mean over all places that count."""

    def forward(self, x: Tensor) -> Tensor:  # (b, places, width) -> (b, width)
        x = self.laid(x)
        if not self.padded:
            return x.mean(1)
        counts = counted(self.sides["padding"])[..., None]
        return torch.where(counts, x, 0).sum(1) / counts.sum(1)


class MaxOverTime(OverTime):
    """The largest numbers over all places that count. Source: Collobert et al. 2011, arXiv:1103.0398."""

    def forward(self, x: Tensor) -> Tensor:  # (b, places, width) -> (b, width)
        x = self.laid(x)
        if self.padded:
            x = torch.where(counted(self.sides["padding"])[..., None], x, -torch.inf)
        return x.amax(1)


def counted(padding: Tensor) -> Tensor:
    """Which places count (b, places); the first always does, so that an empty sequence has one."""
    counts = ~padding
    counts[:, 0] = True
    return counts


def last(x: Tensor, counts: Tensor) -> Tensor:
    """What stands at the last place that counts: (b, places, width) -> (b, width)."""
    return x[torch.arange(len(x)), counts.sum(1) - 1]
