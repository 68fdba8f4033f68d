"""The losses, one per file. A new one is one line in the list."""

from app.parts.choice import choice_of
from app.parts.losses.bce_with_logits import BceWithLogits
from app.parts.losses.cross_entropy import CrossEntropy
from app.parts.losses.dice import Dice
from app.parts.losses.focal import Focal
from app.parts.losses.hinge import Hinge
from app.parts.losses.huber import Huber
from app.parts.losses.l1 import L1
from app.parts.losses.loss import Loss
from app.parts.losses.mse import Mse

LOSSES = (CrossEntropy, BceWithLogits, Focal, Dice, Hinge, Mse, L1, Huber)
AnyLoss = choice_of(LOSSES)

__all__ = ["LOSSES", "AnyLoss", "Loss"]
