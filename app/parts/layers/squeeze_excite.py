"""Channels that are turned up and down."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Weighted
from app.parts.layers.rule import Rule, stepwise
from app.parts.layers.step_rule import ARRIVING, StepRule, linear_step
from app.parts.part import setting
from app.parts.shapes import Channelled
from app.parts.torch_call import TorchCall


class SqueezeExcite(Weighted[Channelled]):
    """Looks at the mean of every channel and turns each channel up or down by what it saw.

    Use it behind convolutions: the network can say that for this sample edges matter, and colours do not. It costs few
    weights. Source: Hu et al. 2017, arXiv:1709.01507.
    """

    title: ClassVar[str] = "Squeeze and excite"
    group: ClassVar[str] = "structure"
    formula: ClassVar[str] = "y[c] = x[c] · σ(W₂ · max(W₁ · means + b₁, 0) + b₂)[c]"
    also: ClassVar[tuple[str, ...]] = ("squeeze and excitation", "se block", "senet", "channel attention")

    kind: Literal["squeeze_excite"] = "squeeze_excite"
    units: int = setting(
        4, "Squeezed to", "How many numbers all channels are summed up in; usually fewer than channels.", ge=1, le=1024
    )

    def rule(self, shape: Channelled) -> Rule:
        channels = shape.channels
        return stepwise(
            StepRule(name="m", makes="mean", of=(ARRIVING,), width=channels, whole=True),
            linear_step("s", "m", "squeeze", self.units, then="relu"),
            linear_step("g", "s", "excite", channels, then="sigmoid"),
            StepRule(name="y", makes="products", of=(ARRIVING, "g"), width=channels),
        )

    def module_for(self, shape: Channelled) -> TorchCall:
        return TorchCall("modules.SqueezeExcite", shape.channels, self.units)

    def weights(self, shape: Channelled) -> dict[str, tuple[int, ...]]:
        return {
            "squeeze.weight": (self.units, shape.channels),
            "squeeze.bias": (self.units,),
            "excite.weight": (shape.channels, self.units),
            "excite.bias": (shape.channels,),
        }

    def multiply_adds(self, shape: Channelled) -> int:
        return 2 * shape.channels * self.units
