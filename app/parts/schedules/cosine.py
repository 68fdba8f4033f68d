"""A learning rate that falls along half a cosine."""

from math import cos, pi
from typing import ClassVar, Literal

from app.parts.part import setting
from app.parts.schedules.schedule import Schedule
from app.parts.torch_call import TorchCall


class Cosine(Schedule):
    """Falls along half a cosine: slowly at first, fast in the middle, gently at the end.

    Source: Loshchilov and Hutter 2016, arXiv:1608.03983.
    """

    title: ClassVar[str] = "Cosine"
    formula: ClassVar[str] = "f = e + (1 − e) · (1 + cos(π t / T)) / 2"

    kind: Literal["cosine"] = "cosine"
    end: float = setting(0.0, "End factor e", "What is left of the learning rate at the end.", ge=0, le=1, step=0.01)

    def factor_after_warmup(self, epoch: float, epochs: float) -> float:
        return self.end + (1 - self.end) * (1 + cos(pi * min(epoch / epochs, 1.0))) / 2

    def torch_equivalent(self, epochs: int) -> TorchCall:
        return TorchCall("optim.lr_scheduler.CosineAnnealingLR", T_max=epochs, eta_min=self.end)  # for a base rate of 1
