"""The layers, one per file. A new one is one line in the list."""

from typing import TYPE_CHECKING, Any

from app.parts.choice import choice_of
from app.parts.layers.flatten import Flatten
from app.parts.layers.layer import Layer
from app.parts.layers.linear import Linear
from app.parts.layers.residual import Residual
from app.parts.layers.tanh import Tanh

LAYERS = (Linear, Tanh, Flatten, Residual)
if TYPE_CHECKING:
    AnyLayer = Layer[Any]  # one of the list; only checkers see it so
else:
    AnyLayer = choice_of(LAYERS)

Residual.model_rebuild(_types_namespace={"AnyLayer": AnyLayer})

__all__ = ["LAYERS", "AnyLayer", "Layer"]
