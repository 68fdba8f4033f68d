"""How unlike two sets of points are, by the maximum mean discrepancy, and how unlike chance alone makes them.

Source: Gretton et al. 2012, A Kernel Two-Sample Test, JMLR 13:723-773."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

WIDTHS = (0.5, 1.0, 2.0)  # of the kernels, times the median distance of real points
SPLITS = 100  # of the real points into halves, by lot
BAND = 0.95  # of them have less


class Discrepancy(NamedTuple):
    """`apart` is the squared discrepancy, 0 on average where both sets come from one source; `chance` is what two
    halves of the real points stay below in 19 of 20 splits."""

    apart: float
    chance: float


class Reference(NamedTuple):
    """What is known of real points before any are drawn."""

    half: Tensor  # (m, d), which drawn ones are compared with
    widths: list[float]
    alike: float  # how alike two of the half are, on average
    chance: float


def discrepancy(drawn: Tensor, real: Tensor) -> Discrepancy:
    """How unlike drawn (m, d) and real points (2 m, d) are: the first half of the real ones is compared with."""
    known = _reference(real.numpy().tobytes(), real.shape[1])
    between = likeness(drawn, known.half, known.widths).mean()
    apart = _pairs(likeness(drawn, drawn, known.widths)) + known.alike - 2 * float(between)
    return Discrepancy(apart, known.chance)


@lru_cache(maxsize=8)  # the real points of a run are the same at each evaluation, and chance takes most of the time
def _reference(points: bytes, numbers: int) -> Reference:
    real = torch.frombuffer(bytearray(points), dtype=torch.float32).reshape(-1, numbers)
    half, median = len(real) // 2, median_distance(real)
    widths = [width * median for width in WIDTHS]
    alike = likeness(real, real, widths)
    return Reference(real[:half], widths, _pairs(alike[:half, :half]), chance(alike))


def mmd(some: Tensor, others: Tensor, widths: list[float]) -> float:
    """The squared maximum mean discrepancy of points as rows, without bias: it may be a little below 0. Equation 3."""
    within = _pairs(likeness(some, some, widths)) + _pairs(likeness(others, others, widths))
    return within - 2 * float(likeness(some, others, widths).mean())


def _pairs(alike: Tensor) -> float:
    """How alike two different points are on average, from how alike all are (n, n)."""
    return float((alike.sum() - alike.trace()) / (len(alike) * (len(alike) - 1)))


def chance(alike: Tensor) -> float:
    """The squared discrepancy that halves of the same points stay below, from how alike all are (2 m, 2 m)."""
    count = len(alike) // 2
    alike = alike[: 2 * count, : 2 * count].clone().fill_diagonal_(0)
    lot = np.random.default_rng(0)
    sides = np.tile(np.repeat([1.0, -1.0], count), (SPLITS, 1))
    signs = torch.from_numpy(lot.permuted(sides, axis=1)).to(alike.dtype)  # which half each point is in
    balance = ((signs @ alike) * signs).sum(dim=1)  # pairs within the halves, less those between them
    within, between = (alike.sum() + balance) / 2, (alike.sum() - balance) / 2
    found = within / (count * (count - 1)) - between / count**2
    return float(found.quantile(BAND))


def likeness(some: Tensor, others: Tensor, widths: list[float]) -> Tensor:
    """How alike points are (n, m): 1 where they are the same, near 0 far away; by gaussians of these widths."""
    squared = torch.cdist(some.double(), others.double()).square()
    return torch.stack([(-squared / (2 * width**2)).exp() for width in widths]).mean(dim=0)


def median_distance(points: Tensor) -> float:
    """The median distance between two of the points (n, d), which kernels of a useful width are about as wide as."""
    return max(float(torch.pdist(points.double()).median()), 1e-9)
