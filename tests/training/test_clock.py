"""What is told of speed and of the time that is left."""

import time

import pytest

from app.training.running.clock import Clock

NOW = [100.0]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock whose seconds pass only when `pass_by` is called."""
    monkeypatch.setattr(time, "perf_counter", lambda: NOW[0])
    NOW[0] = 100.0
    return Clock()


def told(clock: Clock, seconds: float, steps: int, probing: float, epoch: float) -> dict[str, float | None]:
    """The report after so many more seconds."""
    NOW[0] += seconds
    clock.trained(seconds - probing, steps, steps * 10, 10)
    clock.probed(probing)
    report = clock.report(int(epoch * 10), epoch, 100, 0.0)
    assert report is not None
    return report


def test_the_time_that_is_left_is_unknown_in_the_first_report(clock: Clock) -> None:
    clock.restore({"pace": "full", "seconds": 20.0, "cpu": 10.0})
    assert told(clock, 0.5, 1, 0.49, 0.1)["remaining_seconds"] is None
    report = told(clock, 1.0, 50, 0.5, 5.1)  # 100 steps/s beside the looks
    assert report["steps_per_second"] == 50
    assert report["remaining_seconds"] == pytest.approx((100 - 5.1) * 10 / 100, abs=0.1)
