"""Modules of our own, named `modules.X` in a `TorchCall`."""

from app.training.modules.hinge import Hinge
from app.training.modules.residual import Residual
from app.training.modules.sine import Sine
from app.training.modules.step import Step

__all__ = ["Hinge", "Residual", "Sine", "Step"]
