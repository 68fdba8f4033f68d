"""The optimizers, one per file. A new one is one line in the list."""

from app.parts.choice import choice_of
from app.parts.optimizers.adam import Adam
from app.parts.optimizers.optimizer import Optimizer

OPTIMIZERS = (Adam,)
AnyOptimizer = choice_of(OPTIMIZERS)

__all__ = ["OPTIMIZERS", "AnyOptimizer", "Optimizer"]
