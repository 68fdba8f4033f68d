"""Mish."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Layer
from app.parts.shapes import Shape
from app.parts.torch_call import TorchCall


class Mish(Layer[Shape]):
    """A smooth relative of ReLU that dips a little below 0, much like SiLU.

    Use it in place of ReLU where smooth boundaries help; it costs a little more.
    Source: Misra 2019, arXiv:1908.08681.
    """

    title: ClassVar[str] = "Mish"
    group: ClassVar[str] = "activation"
    formula: ClassVar[str] = "a = z · tanh(ln(1 + eᶻ))"
    elementwise: ClassVar[bool] = True

    kind: Literal["mish"] = "mish"

    def module_for(self, shape: Shape) -> TorchCall:
        return TorchCall("nn.Mish")
