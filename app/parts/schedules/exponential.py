"""A learning rate that falls by the same share in every epoch."""

from typing import ClassVar, Literal

from app.parts.part import setting
from app.parts.schedules.schedule import Schedule
from app.parts.torch_call import TorchCall


class Exponential(Schedule):
    """Falls by the same share in every epoch: fast at first, then slower and slower, never to 0."""

    title: ClassVar[str] = "Exponential"
    formula: ClassVar[str] = "f = γ^t"
    also: ClassVar[tuple[str, ...]] = ("decay",)

    kind: Literal["exponential"] = "exponential"
    gamma: float = setting(
        0.99,
        "Factor γ",
        "What is left of the rate after each epoch: 0.99 halves it in 69 epochs.",
        gt=0,
        le=1,
        step=0.001,
    )

    def factor_after_warmup(self, epoch: float, epochs: float) -> float:
        return self.gamma**epoch

    def torch_equivalent(self, epochs: int) -> TorchCall:
        return TorchCall("optim.lr_scheduler.ExponentialLR", gamma=self.gamma)
