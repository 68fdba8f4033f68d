"""Normally distributed numbers of one spread for all layers."""

from typing import ClassVar, Literal

from app.parts.initializers.initializer import Initializer
from app.parts.part import setting
from app.parts.torch_call import TorchCall


class Normal(Initializer):
    """Normally distributed numbers of the same spread in every layer, however many inputs it has.

    Use it to see what too large and too small first weights do, which the other ways avoid.
    """

    title: ClassVar[str] = "Normal"
    formula: ClassVar[str] = "w ~ N(mean, σ²)"
    also: ClassVar[tuple[str, ...]] = ("gaussian", "random")

    kind: Literal["normal"] = "normal"
    mean: float = setting(0.0, "Mean", "Around which number the weights lie.", ge=-10, le=10, step=0.1)
    std: float = setting(1.0, "Spread σ", "How far they stray; two thirds lie within it.", ge=0, le=10, step=0.05)

    def call(self) -> TorchCall:
        return TorchCall("nn.init.normal_", mean=self.mean, std=self.std)
