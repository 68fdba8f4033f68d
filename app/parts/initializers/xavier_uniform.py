"""Random numbers from a range that fits the size of the layer."""

from typing import ClassVar, Literal

from app.parts.initializers.initializer import Initializer, gain
from app.parts.torch_call import TorchCall


class XavierUniform(Initializer):
    """Every number within a range is equally likely; the more inputs and outputs a layer has, the narrower the range.

    Use it with tanh and sigmoid: signals roughly keep their size forward and backward. Source: Glorot and Bengio 2010,
    proceedings.mlr.press/v9/glorot10a.html.
    """

    title: ClassVar[str] = "Xavier, uniform"
    formula: ClassVar[str] = "w ~ U(−r, r), r = gain · √(6 / (inputs + outputs))"
    also: ClassVar[tuple[str, ...]] = ("glorot uniform", "glorot")

    kind: Literal["xavier_uniform"] = "xavier_uniform"
    gain: float = gain()

    def call(self) -> TorchCall:
        return TorchCall("nn.init.xavier_uniform_", gain=self.gain)
