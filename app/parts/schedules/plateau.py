"""A learning rate that falls when the loss no longer does."""

from dataclasses import dataclass
from functools import reduce
from math import inf
from typing import ClassVar, Literal

from app.parts.part import setting
from app.parts.schedules.schedule import Schedule
from app.parts.torch_call import TorchCall


@dataclass(frozen=True)
class Watched:
    """What is remembered of the losses so far."""

    best: float = inf
    waited: int = 0  # epochs without a gain
    resting: int = 0  # epochs still to pass after a fall, in which nothing is counted
    factor: float = 1.0


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
        return reduce(self.after, losses, Watched()).factor

    def after(self, watched: Watched, loss: float) -> Watched:
        """What is remembered after one more epoch. A loss that is no number counts as no gain."""
        best, waited, resting, factor = watched.best, watched.waited + 1, watched.resting, watched.factor
        if loss < best * (1 - self.gain):
            best, waited = loss, 0
        if resting > 0:
            resting, waited = resting - 1, 0
        if waited > self.patience:
            factor, waited, resting = max(factor * self.gamma, self.smallest), 0, self.rest
        return Watched(best, waited, resting, factor)

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
