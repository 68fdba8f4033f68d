"""The logistic sigmoid."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Layer
from app.parts.shapes import Shape
from app.parts.torch_call import TorchCall


class Sigmoid(Layer[Shape]):
    """Squeezes every number smoothly into 0…1, so that it can be read as a share or a chance.

    Use it where an answer between 0 and 1 is wanted. In many layers one after another the gradient vanishes: its slope
    is at most ¼.
    """

    title: ClassVar[str] = "Sigmoid"
    group: ClassVar[str] = "activation"
    formula: ClassVar[str] = "a = 1 / (1 + e⁻ᶻ)"
    also: ClassVar[tuple[str, ...]] = ("logistic", "σ")
    elementwise: ClassVar[bool] = True

    kind: Literal["sigmoid"] = "sigmoid"

    def module_for(self, shape: Shape) -> TorchCall:
        return TorchCall("nn.Sigmoid")
