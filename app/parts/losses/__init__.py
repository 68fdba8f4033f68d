"""The losses, one per file. A new one is one line in the list."""

from app.parts.choice import choice_of
from app.parts.losses.cross_entropy import CrossEntropy
from app.parts.losses.loss import Loss
from app.parts.losses.mse import Mse

LOSSES = (CrossEntropy, Mse)
AnyLoss = choice_of(LOSSES)

__all__ = ["LOSSES", "AnyLoss", "Loss"]
