"""The optimizers, one per file. A new one is one line in the list."""

from app.parts.choice import choice_of
from app.parts.optimizers.adagrad import Adagrad
from app.parts.optimizers.adam import Adam
from app.parts.optimizers.adamw import AdamW
from app.parts.optimizers.nadam import NAdam
from app.parts.optimizers.optimizer import Optimizer
from app.parts.optimizers.rmsprop import RMSprop
from app.parts.optimizers.sgd import Sgd

OPTIMIZERS = (Sgd, Adam, AdamW, RMSprop, Adagrad, NAdam)
AnyOptimizer = choice_of(OPTIMIZERS)

__all__ = ["OPTIMIZERS", "AnyOptimizer", "Optimizer"]
