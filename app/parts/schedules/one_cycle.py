"""A learning rate that climbs and falls once."""

from math import cos, pi
from typing import ClassVar, Literal

from app.parts.part import setting
from app.parts.schedules.schedule import Schedule
from app.parts.torch_call import TorchCall


class OneCycle(Schedule):
    """Climbs from a small rate to the full one, then falls to almost nothing: often the fastest way to a good result.

    Source: Smith and Topin 2017, arXiv:1708.07120.
    """

    title: ClassVar[str] = "One cycle"
    formula: ClassVar[str] = "f = 1 / d → 1 → 1 / (d · e)"
    also: ClassVar[tuple[str, ...]] = ("super-convergence", "1cycle")

    kind: Literal["one_cycle"] = "one_cycle"
    peak: float = setting(
        0.3, "Peak", "The share of the training after which the rate is full.", ge=0.01, le=0.99, step=0.01
    )
    start_divisor: float = setting(
        25.0, "Start divisor d", "The first rate is the full one divided by this.", ge=1, le=1e6, log=True
    )
    end_divisor: float = setting(
        1e4, "End divisor e", "The last rate is the first one divided by this.", ge=1, le=1e9, log=True
    )

    def factor_after_warmup(self, epoch: float, epochs: float) -> float:
        first = 1 / self.start_divisor
        done = min(epoch / epochs, 1.0)
        if done <= self.peak:
            return _between(first, 1.0, done / self.peak)
        return _between(1.0, first / self.end_divisor, (done - self.peak) / (1 - self.peak))

    def torch_equivalent(self, epochs: int) -> TorchCall:
        # PyTorch counts from step 0 to step total_steps − 1 and puts the peak at pct_start · total_steps − 1.
        total = epochs + 1
        return TorchCall(
            "optim.lr_scheduler.OneCycleLR",
            max_lr=1.0,
            total_steps=total,
            pct_start=(self.peak * epochs + 1) / total,
            div_factor=self.start_divisor,
            final_div_factor=self.end_divisor,
            cycle_momentum=False,
        )


def _between(start: float, end: float, share: float) -> float:
    """From `start` to `end` along half a cosine."""
    return end + (start - end) * (1 + cos(pi * share)) / 2
