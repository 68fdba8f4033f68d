"""Modules of our own, named `modules.X` in a `TorchCall`."""

from app.training.modules.dice import Dice
from app.training.modules.focal import Focal
from app.training.modules.hinge import Hinge
from app.training.modules.lbfgs import LBFGS
from app.training.modules.muon import Muon
from app.training.modules.residual import Residual
from app.training.modules.rprop import Rprop
from app.training.modules.sine import Sine
from app.training.modules.step import Step

__all__ = ["LBFGS", "Dice", "Focal", "Hinge", "Muon", "Residual", "Rprop", "Sine", "Step"]
