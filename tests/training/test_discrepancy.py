"""The maximum mean discrepancy of gaussians, which is known, and what chance makes of it."""

from math import exp

import numpy as np
import pytest
import torch
from torch import Tensor

from app.training.tasks.discrepancy import WIDTHS, chance, discrepancy, likeness, median_distance, mmd


def points(count: int, seed: int, at: float = 0.0) -> Tensor:
    """Of a round gaussian of spread 1 whose middle is so far to the right."""
    drawn = np.random.default_rng(seed).standard_normal((count, 2)) + np.array([at, 0])
    return torch.from_numpy(drawn.astype(np.float32))


@pytest.mark.parametrize("width", [0.5, 1.0, 3.0])
@pytest.mark.parametrize("at", [0.7, 2.0])
def test_the_discrepancy_of_gaussians_is_the_one_that_is_known(width: float, at: float) -> None:
    alike = width**2 / (width**2 + 2)  # of two points of the same gaussian, on average
    known = 2 * alike * (1 - exp(-(at**2) / (2 * (width**2 + 2))))
    assert mmd(points(3000, 1), points(3000, 2, at), [width]) == pytest.approx(known, rel=0.08, abs=0.001)


def test_several_widths_count_alike() -> None:
    some, others = points(200, 1), points(200, 2, 1.0)
    each = [mmd(some, others, [width]) for width in (0.5, 2.0)]
    assert mmd(some, others, [0.5, 2.0]) == pytest.approx(sum(each) / 2)


def test_without_bias_the_discrepancy_of_few_points_is_0_on_average() -> None:
    found = [mmd(points(20, seed), points(20, 1000 + seed), [1.0]) for seed in range(300)]
    assert abs(sum(found) / len(found)) < 0.003  # with the points' own likeness it would be 0.067
    assert min(found) < 0 < max(found)


def test_the_median_distance_of_gaussian_points_is_the_one_that_is_known() -> None:
    assert median_distance(points(2000, 3)) == pytest.approx((4 * np.log(2)) ** 0.5, rel=0.03)  # d² / 4 is exponential
    assert median_distance(torch.ones(5, 2)) > 0


def test_chance_is_what_halves_of_the_same_points_stay_below() -> None:
    real = points(200, 4)
    alike = likeness(real, real, [1.0])
    lot = np.random.default_rng(5)
    found: list[float] = []
    for _ in range(200):
        order = torch.from_numpy(lot.permutation(200))
        found.append(mmd(real[order[:100]], real[order[100:]], [1.0]))
    below = sum(distance <= chance(alike) for distance in found) / len(found)
    assert 0.88 < below < 0.99


def test_what_is_compared_with_real_points_is_their_first_half() -> None:
    drawn, real = points(100, 6), points(200, 7, 0.3)
    widths = [width * median_distance(real) for width in WIDTHS]
    for _ in range(2):  # the second time the real points are known
        found = discrepancy(drawn, real)
        assert found.apart == pytest.approx(mmd(drawn, real[:100], widths), abs=1e-12)
        assert found.chance == pytest.approx(chance(likeness(real, real, widths)), abs=1e-12)


def test_points_of_the_same_source_lie_within_chance_and_others_beyond() -> None:
    same = [discrepancy(points(250, seed), points(500, 500 + seed)) for seed in range(30)]
    assert sum(result.apart <= result.chance for result in same) >= 25
    for seed in range(5):
        other = discrepancy(points(250, seed, 0.5), points(500, 500 + seed))
        assert other.apart > 2 * other.chance > 0
