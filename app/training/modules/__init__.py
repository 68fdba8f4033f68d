"""Modules of our own, named `modules.X` in a `TorchCall`."""

from app.training.modules.hinge import Hinge
from app.training.modules.residual import Residual

__all__ = ["Hinge", "Residual"]
