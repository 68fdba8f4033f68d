"""What every schedule owes: a factor on the learning rate as a pure function of how far training is."""

from typing import ClassVar

from app.parts.part import Part, setting
from app.parts.torch_call import TorchCall


class Schedule(Part):
    """How the learning rate changes while training. Time is counted in epochs, with fractions.

    A live change of the learning rate sets the base; the schedule multiplies it. What a step's rate is multiplied by:
    `factor(epoch, epochs) * factor_from_losses(losses)`.
    """

    family: ClassVar[str] = "schedules"
    carried: ClassVar[tuple[str, ...]] = ("warmup",)
    steady: ClassVar[bool] = False  # whether the factor is always 1, warm-up apart
    watches: ClassVar[bool] = False  # whether it depends on the losses so far
    kind: str
    warmup: float = setting(
        0.0,
        "Warm-up",
        "Epochs in which the rate first climbs from 0 in a straight line. Steadies the first steps of deep networks.",
        ge=0,
        le=1000,
        unit="epochs",
    )

    def factor(self, epoch: float, epochs: float) -> float:
        """The factor at `epoch` of `epochs`, warm-up included. `epoch` counts from 0."""
        left = max(epochs - self.warmup, 1e-9)
        if epoch < self.warmup:
            return epoch / self.warmup * self.factor_after_warmup(0.0, left)
        return self.factor_after_warmup(epoch - self.warmup, left)

    def factor_after_warmup(self, epoch: float, epochs: float) -> float:
        """The factor `epoch` epochs after the warm-up, of `epochs` that are left after it."""
        return 1.0

    def factor_from_losses(self, losses: list[float]) -> float:
        """A further factor, from the loss at the end of each epoch so far: a pure function, so a resumed run agrees."""
        return 1.0

    def torch_equivalent(self, epochs: int) -> TorchCall | None:
        """PyTorch's own scheduler, stepped once an epoch on a base rate of 1, that the factor after the warm-up
        agrees with at whole epochs; None where there is none."""
        return None

    def check(self) -> None:
        """Raises `Problem` where settings that are each in range do not fit together."""
