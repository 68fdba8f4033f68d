"""The optimizers, one per file. A new one is one line in the list."""

from typing import TYPE_CHECKING

from app.parts.choice import choice_of
from app.parts.optimizers.adam import Adam
from app.parts.optimizers.optimizer import Optimizer

OPTIMIZERS = (Adam,)
if TYPE_CHECKING:
    AnyOptimizer = Optimizer  # one of the list; only checkers see it so
else:
    AnyOptimizer = choice_of(OPTIMIZERS)

__all__ = ["OPTIMIZERS", "AnyOptimizer", "Optimizer"]
