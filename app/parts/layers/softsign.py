"""A slower tanh."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Layer
from app.parts.shapes import Shape
from app.parts.torch_call import TorchCall


class Softsign(Layer[Shape]):
    """Squeezes every number into −1…1, as tanh does, but comes to its ends much more slowly.

    Use it in place of tanh where neurons get stuck at their ends.
    """

    title: ClassVar[str] = "Softsign"
    group: ClassVar[str] = "activation"
    formula: ClassVar[str] = "a = z / (1 + |z|)"
    elementwise: ClassVar[bool] = True

    kind: Literal["softsign"] = "softsign"

    def module_for(self, shape: Shape) -> TorchCall:
        return TorchCall("nn.Softsign")
