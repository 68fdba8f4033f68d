"""The optimizers, one per file. A new one is one line in the list."""

from app.parts.choice import choice_of
from app.parts.optimizers.adadelta import Adadelta
from app.parts.optimizers.adafactor import Adafactor
from app.parts.optimizers.adagrad import Adagrad
from app.parts.optimizers.adam import Adam
from app.parts.optimizers.adamax import Adamax
from app.parts.optimizers.adamw import AdamW
from app.parts.optimizers.lbfgs import LBFGS
from app.parts.optimizers.muon import Muon
from app.parts.optimizers.nadam import NAdam
from app.parts.optimizers.optimizer import Optimizer
from app.parts.optimizers.radam import RAdam
from app.parts.optimizers.rmsprop import RMSprop
from app.parts.optimizers.rprop import Rprop
from app.parts.optimizers.sgd import Sgd

OPTIMIZERS = (
    Sgd,
    Adam,
    AdamW,
    RMSprop,
    Adagrad,
    NAdam,
    RAdam,
    Adamax,
    Adadelta,
    Adafactor,
    Muon,
    LBFGS,
    Rprop,
)
AnyOptimizer = choice_of(OPTIMIZERS)

__all__ = ["OPTIMIZERS", "AnyOptimizer", "Optimizer"]
