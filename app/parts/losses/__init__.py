"""The losses, one per file. A new one is one line in the list."""

from app.parts.choice import choice_of
from app.parts.losses.bce_with_logits import BceWithLogits
from app.parts.losses.cross_entropy import CrossEntropy
from app.parts.losses.dice import Dice
from app.parts.losses.focal import Focal
from app.parts.losses.hinge import Hinge
from app.parts.losses.huber import Huber
from app.parts.losses.l1 import L1
from app.parts.losses.least_squares import LeastSquares
from app.parts.losses.loss import Loss
from app.parts.losses.minimax import Minimax
from app.parts.losses.mse import Mse
from app.parts.losses.non_saturating import NonSaturating
from app.parts.losses.wasserstein import Wasserstein

OF_ANSWERS = (CrossEntropy, BceWithLogits, Focal, Dice, Hinge, Mse, L1, Huber)
LOSSES = (*OF_ANSWERS, LeastSquares, NonSaturating, Minimax, Wasserstein)
AnyLoss = choice_of(LOSSES)

__all__ = ["LOSSES", "AnyLoss", "Loss"]
