"""The losses, one per file. A new one is one line in the list."""

from typing import TYPE_CHECKING

from app.parts.choice import choice_of
from app.parts.losses.cross_entropy import CrossEntropy
from app.parts.losses.loss import Loss
from app.parts.losses.mse import Mse

LOSSES = (CrossEntropy, Mse)
if TYPE_CHECKING:
    AnyLoss = Loss  # one of the list; only checkers see it so
else:
    AnyLoss = choice_of(LOSSES)

__all__ = ["LOSSES", "AnyLoss", "Loss"]
