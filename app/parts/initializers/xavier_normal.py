"""Normally distributed numbers of a spread that fits the size of the layer."""

from typing import ClassVar, Literal

from app.parts.initializers.initializer import Initializer, gain
from app.parts.torch_call import TorchCall


class XavierNormal(Initializer):
    """Normally distributed numbers; the more inputs and outputs a layer has, the smaller they are.

    Use it with tanh and sigmoid: signals roughly keep their size forward and backward. Source: Glorot and Bengio 2010,
    proceedings.mlr.press/v9/glorot10a.html.
    """

    title: ClassVar[str] = "Xavier, normal"
    formula: ClassVar[str] = "w ~ N(0, σ²), σ = gain · √(2 / (inputs + outputs))"
    also: ClassVar[tuple[str, ...]] = ("glorot normal", "glorot")

    kind: Literal["xavier_normal"] = "xavier_normal"
    gain: float = gain()

    def call(self) -> TorchCall:
        return TorchCall("nn.init.xavier_normal_", gain=self.gain)
