"""A learning rate that falls in equal stairs."""

from math import floor
from typing import ClassVar, Literal

from app.parts.part import setting
from app.parts.schedules.schedule import Schedule
from app.parts.torch_call import TorchCall


class Step(Schedule):
    """Falls in stairs, every so many epochs by the same factor."""

    title: ClassVar[str] = "Stairs"
    formula: ClassVar[str] = "f = γ^⌊t / n⌋"
    also: ClassVar[tuple[str, ...]] = ("step", "step decay")

    kind: Literal["step"] = "step"
    every: int = setting(
        100, "Every n", "How many epochs a stair is long.", ge=1, le=1_000_000, unit="epochs", log=True
    )
    gamma: float = setting(0.5, "Factor γ", "What the rate is multiplied by at each stair.", gt=0, le=1, step=0.01)

    def factor_after_warmup(self, epoch: float, epochs: float) -> float:
        return self.gamma ** floor(epoch / self.every)

    def torch_equivalent(self, epochs: int) -> TorchCall:
        return TorchCall("optim.lr_scheduler.StepLR", step_size=self.every, gamma=self.gamma)
