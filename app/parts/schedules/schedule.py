"""What every schedule owes: a factor on the learning rate as a pure function of how far training is."""

from typing import ClassVar

from app.parts.part import Part, setting
from app.parts.torch_call import TorchCall


class Schedule(Part):
    """How the learning rate changes while training. Time is counted in epochs, with fractions.

    A live change of the learning rate sets the base; the schedule multiplies it.
    """

    family: ClassVar[str] = "schedules"
    steady: ClassVar[bool] = False  # whether the factor is always 1, warm-up apart
    kind: str
    warmup: float = setting(
        0.0, "Warm-up", "Epochs in which the rate first climbs in a straight line.", ge=0, le=1000, unit="epochs"
    )

    def factor(self, epoch: float, epochs: float) -> float:
        """The factor at `epoch` of `epochs`, warm-up included. `epoch` counts from 0."""
        if epoch < self.warmup:
            return epoch / self.warmup
        return self.factor_after_warmup(epoch - self.warmup, max(epochs - self.warmup, 1e-9))

    def factor_after_warmup(self, epoch: float, epochs: float) -> float:
        """The factor `epoch` epochs after the warm-up, of `epochs` that are left after it."""
        return 1.0

    def torch_equivalent(self, epochs: int) -> TorchCall | None:
        """PyTorch's own scheduler, stepped once an epoch, that the factor must agree with; None where there is none."""
        return None
