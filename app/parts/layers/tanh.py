"""The hyperbolic tangent."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Layer
from app.parts.shapes import Shape
from app.parts.torch_call import TorchCall


class Tanh(Layer[Shape]):
    """Squeezes every number smoothly into −1…1.

    Use it in small networks: it draws round, smooth boundaries. Far from 0 it is flat, so learning there is slow.
    """

    title: ClassVar[str] = "Tanh"
    group: ClassVar[str] = "activation"
    formula: ClassVar[str] = "a = tanh(z)"
    also: ClassVar[tuple[str, ...]] = ("hyperbolic tangent",)
    elementwise: ClassVar[bool] = True

    kind: Literal["tanh"] = "tanh"

    def module_for(self, shape: Shape) -> TorchCall:
        return TorchCall("nn.Tanh")
