"""The arc between two noises."""

import pytest
import torch

from app.training.asking.replies.noise_walk import arc


def test_the_arc_between_unit_vectors_is_that_of_the_circle() -> None:
    found = arc(torch.tensor([1.0, 0.0]), torch.tensor([0.0, 1.0]), 4)
    turns = torch.tensor([0.0, 30.0, 60.0, 90.0]).deg2rad()
    assert torch.allclose(found, torch.stack([turns.cos(), turns.sin()], dim=1), atol=1e-6)


def test_noise_stays_as_long_as_noise_is_where_a_straight_line_makes_it_short() -> None:
    begin, end = torch.randn(2, 1, 16, 16, generator=torch.Generator().manual_seed(0))
    on_the_way, straight = arc(begin, end, 3)[1], torch.lerp(begin, end, 0.5)
    usual = (begin.norm() + end.norm()) / 2
    assert float(on_the_way.norm() / usual) == pytest.approx(1, abs=0.05)
    assert float(straight.norm() / usual) == pytest.approx(2**-0.5, abs=0.05)  # the mean of two independent noises


@pytest.mark.parametrize("factor", [1.0, 2.0, -1.0])
def test_where_there_is_no_arc_the_walk_is_straight(factor: float) -> None:
    begin = torch.tensor([3.0, 4.0])
    found = arc(begin, factor * begin, 5)
    assert torch.allclose(found, begin * torch.linspace(1, factor, 5)[:, None], atol=1e-5)
