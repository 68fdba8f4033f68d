"""A learning rate that falls along half a cosine, again and again."""

from math import cos, pi
from typing import ClassVar, Literal

from app.parts.part import setting
from app.parts.schedules.schedule import Schedule
from app.parts.torch_call import TorchCall


class CosineRestarts(Schedule):
    """Falls along half a cosine, jumps back to the full rate, and begins again: each jump may find a better valley.

    The network is usually at its best right before a jump, so end the training there. Source: Loshchilov and Hutter
    2016, arXiv:1608.03983 (SGDR).
    """

    title: ClassVar[str] = "Cosine with restarts"
    formula: ClassVar[str] = "f = e + (1 − e) · (1 + cos(π t / Tᵢ)) / 2, Tᵢ₊₁ = m · Tᵢ"
    also: ClassVar[tuple[str, ...]] = ("sgdr", "warm restarts", "cosine annealing")

    kind: Literal["cosine_restarts"] = "cosine_restarts"
    period: int = setting(
        50, "Period T", "Epochs until the first restart.", ge=1, le=1_000_000, unit="epochs", log=True
    )
    growth: int = setting(2, "Growth m", "Each period is so many times as long as the one before.", ge=1, le=10)
    end: float = setting(
        0.0, "End factor e", "What is left of the learning rate right before a restart.", ge=0, le=1, step=0.01
    )

    def factor_after_warmup(self, epoch: float, epochs: float) -> float:
        period = self.period
        if self.growth == 1:
            epoch %= period
        while epoch >= period:
            epoch, period = epoch - period, period * self.growth
        return self.end + (1 - self.end) * (1 + cos(pi * epoch / period)) / 2

    def torch_equivalent(self, epochs: int) -> TorchCall:
        return TorchCall(
            "optim.lr_scheduler.CosineAnnealingWarmRestarts", T_0=self.period, T_mult=self.growth, eta_min=self.end
        )  # for a base rate of 1
