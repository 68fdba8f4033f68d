"""Modules that make one list of numbers of a whole sequence or series."""

import torch
from torch import Tensor
from torch.nn.functional import pad

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

    def counts(self, x: Tensor) -> Tensor:
        """Which places of x (b, places, width) count, (b, places)."""
        return counted(self.sides["padding"], x.shape[1])

    def extra_repr(self) -> str:
        return f"places_last={self.places_last}, padded={self.padded}"


class FirstStep(OverTime):
    """What stands at the first place."""

    def forward(self, x: Tensor) -> Tensor:  # (b, places, width) -> (b, width)
        return self.laid(x)[:, 0]


class LastStep(OverTime):
    """What stands at the last place that counts."""

    def forward(self, x: Tensor) -> Tensor:  # (b, places, width) -> (b, width)
        x = self.laid(x)
        return last(x, self.counts(x)) if self.padded else x[:, -1]


class MeanOverTime(OverTime):
    """The mean over all places that count."""

    def forward(self, x: Tensor) -> Tensor:  # (b, places, width) -> (b, width)
        x = self.laid(x)
        if not self.padded:
            return x.mean(1)
        counts = self.counts(x)[..., None]
        return torch.where(counts, x, 0).sum(1) / counts.sum(1)


class MaxOverTime(OverTime):
    """The largest numbers over all places that count. Source: Collobert et al. 2011, arXiv:1103.0398."""

    def forward(self, x: Tensor) -> Tensor:  # (b, places, width) -> (b, width)
        x = self.laid(x)
        if self.padded:
            x = torch.where(self.counts(x)[..., None], x, -torch.inf)
        return x.amax(1)


def counted(padding: Tensor, places: int | None = None) -> Tensor:
    """Which places count (b, places); the first always does, so that an empty sequence has one. Where there are more
    `places` than padding tells of, the others stand in front and count."""
    front = 0 if places is None else places - padding.shape[1]
    counts = pad(~padding, (front, 0), value=True) if front else ~padding
    counts[:, 0] = True
    return counts


def last(x: Tensor, counts: Tensor) -> Tensor:
    """What stands at the last place that counts: (b, places, width) -> (b, width)."""
    return x[torch.arange(len(x)), counts.sum(1) - 1]
