"""A learning rate that falls when the loss no longer does."""

from math import inf
from typing import ClassVar, Literal

from app.parts.part import setting
from app.parts.schedules.schedule import Schedule
from app.parts.torch_call import TorchCall


class Plateau(Schedule):
    """Falls whenever the loss has not improved for a while: no need to know in advance how long training takes.

    It watches the validation loss, or the training loss where nothing is kept aside.
    """

    title: ClassVar[str] = "On a plateau"
    formula: ClassVar[str] = "f ← γ · f"
    also: ClassVar[tuple[str, ...]] = ("reduce on plateau", "patience")
    watches: ClassVar[bool] = True

    kind: Literal["plateau"] = "plateau"
    gamma: float = setting(0.5, "Factor γ", "What the rate is multiplied by at each fall.", gt=0, lt=1, step=0.01)
    patience: int = setting(
        10,
        "Patience",
        "So many epochs may pass without a gain; the next one makes the rate fall.",
        ge=0,
        le=10_000,
        unit="epochs",
    )
    gain: float = setting(
        1e-4, "Smallest gain", "An improvement by a smaller share than this does not count.", ge=0, le=0.5, log=True
    )
    rest: int = setting(0, "Rest", "Epochs after a fall in which nothing is counted.", ge=0, le=10_000, unit="epochs")
    smallest: float = setting(0.0, "Smallest factor", "The rate never falls below this share of itself.", ge=0, le=1)

    def factor_from_losses(self, losses: list[float]) -> float:
        best, factor = inf, 1.0
        waited, resting = 0, 0  # epochs without a gain; epochs of rest that are left
        worth, patience = 1 - self.gain, self.patience
        for loss in losses:
            if loss < best * worth:  # never of a loss that is no number
                best, waited = loss, 0
            else:
                waited += 1
            if resting > 0:
                resting, waited = resting - 1, 0
            if waited > patience:
                factor, waited, resting = max(factor * self.gamma, self.smallest), 0, self.rest
        return factor

    def torch_equivalent(self, epochs: int) -> TorchCall:
        return TorchCall(
            "optim.lr_scheduler.ReduceLROnPlateau",
            factor=self.gamma,
            patience=self.patience,
            threshold=self.gain,
            cooldown=self.rest,
            min_lr=self.smallest,
            eps=0.0,
        )
