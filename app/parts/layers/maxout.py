"""A neuron that learns its own activation."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Weighted
from app.parts.layers.rule import Rule, stepwise
from app.parts.layers.step_rule import ARRIVING, StepRule
from app.parts.part import setting
from app.parts.shapes import Features
from app.parts.torch_call import TorchCall


class Maxout(Weighted[Features]):
    """Every neuron makes several weighted sums and answers the largest: straight pieces that bend as it learns to.

    Use it in place of a linear layer and its activation where you do not know which one; it has as many times the
    weights. It never dies as ReLU may. Source: Goodfellow et al. 2013, arXiv:1302.4389.
    """

    title: ClassVar[str] = "Maxout"
    group: ClassVar[str] = "dense"
    formula: ClassVar[str] = "a = max over k of (Σ wₖᵢ·xᵢ + bₖ)"
    also: ClassVar[tuple[str, ...]] = ("max out", "learned activation", "piecewise linear")
    sized_by: ClassVar[str] = "units"

    kind: Literal["maxout"] = "maxout"
    units: int = setting(8, "Neurons", "How many neurons.", ge=1, le=4096)
    pieces: int = setting(2, "Pieces", "How many sums each neuron chooses from. 2 can do what ReLU does.", ge=2, le=16)
    bias: bool = setting(True, "Bias", "A number added to each sum; it moves the bends off the origin.")

    def shape_after(self, shape: Features) -> Features:
        return Features(size=self.units)

    def rule(self, shape: Features) -> Rule:
        sums = [
            StepRule(
                name=f"s[{piece + 1}]",
                makes="dot",
                of=(ARRIVING,),
                width=self.units,
                weights=("weight",),
                biases=("bias",) if self.bias else (),
                first=piece,
                every=self.pieces,
            )
            for piece in range(self.pieces)
        ]
        highest = StepRule(name="y", makes="largest", of=tuple(step.name for step in sums), width=self.units)
        return stepwise(*sums, highest)

    def module_for(self, shape: Features) -> TorchCall:
        return TorchCall("modules.Maxout", shape.size, self.units, self.pieces, bias=self.bias)

    def weights(self, shape: Features) -> dict[str, tuple[int, ...]]:
        sums = self.units * self.pieces
        return {"weight": (sums, shape.size)} | ({"bias": (sums,)} if self.bias else {})

    def multiply_adds(self, shape: Features) -> int:
        return shape.size * self.units * self.pieces
