"""A learning rate that climbs and falls again and again."""

from math import floor
from typing import ClassVar, Literal

from app.parts.part import setting
from app.parts.schedules.schedule import Schedule
from app.parts.torch_call import TorchCall


class Cyclic(Schedule):
    """Climbs in a straight line from a small rate to the full one and falls back, over and over.

    No single rate has to be right: each cycle passes through many. Source: Smith 2015, arXiv:1506.01186.
    """

    title: ClassVar[str] = "Cyclic"
    formula: ClassVar[str] = "f = l ↗ 1 ↘ l ↗ 1 ↘ …"
    also: ClassVar[tuple[str, ...]] = ("triangular", "clr", "zigzag")

    kind: Literal["cyclic"] = "cyclic"
    low: float = setting(0.1, "Lowest l", "The share of the rate at which a cycle begins and ends.", ge=0, le=1)
    climb: int = setting(
        20, "Climb", "Epochs from the lowest rate to the peak.", ge=1, le=1_000_000, unit="epochs", log=True
    )
    fall: int = setting(
        20, "Fall", "Epochs from the peak back to the lowest rate.", ge=1, le=1_000_000, unit="epochs", log=True
    )
    halving: bool = setting(
        False, "Halve each peak", "Every peak stands only half as high above the lowest rate as the one before."
    )

    def factor_after_warmup(self, epoch: float, epochs: float) -> float:
        whole = self.climb + self.fall
        cycle = floor(epoch / whole)
        at = epoch - cycle * whole
        height = at / self.climb if at <= self.climb else (whole - at) / self.fall
        return self.low + (1 - self.low) * height * (0.5**cycle if self.halving else 1)

    def torch_equivalent(self, epochs: int) -> TorchCall:
        return TorchCall(
            "optim.lr_scheduler.CyclicLR",
            base_lr=self.low,
            max_lr=1.0,
            step_size_up=self.climb,
            step_size_down=self.fall,
            mode="triangular2" if self.halving else "triangular",
            cycle_momentum=False,
        )
