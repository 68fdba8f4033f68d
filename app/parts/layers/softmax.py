"""Shares that add up to 1."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Layer
from app.parts.layers.rule import Rule, stepwise
from app.parts.layers.step_rule import ARRIVING, StepRule
from app.parts.shapes import Shape
from app.parts.torch_call import TorchCall


class Softmax(Layer[Shape]):
    """Turns a list of numbers into shares that add up to 1: the largest number gets the largest share.

    Use it inside a network to let neurons compete. Not at the end: cross-entropy has its own softmax. Of a picture or a
    series, the channels compete at every place.
    """

    title: ClassVar[str] = "Softmax"
    group: ClassVar[str] = "activation"
    formula: ClassVar[str] = "aᵢ = e^zᵢ / Σⱼ e^zⱼ"
    also: ClassVar[tuple[str, ...]] = ("normalised exponential",)

    kind: Literal["softmax"] = "softmax"

    def rule(self, shape: Shape) -> Rule:
        return stepwise(StepRule(name="y", makes="share", of=(ARRIVING,), width=shape.at_each))

    def module_for(self, shape: Shape) -> TorchCall:
        return TorchCall("nn.Softmax", dim=shape.dim)
