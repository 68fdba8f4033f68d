"""The mean over a sequence."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Layer
from app.parts.layers.over_time import places
from app.parts.layers.rule import Rule, stepwise
from app.parts.layers.step_rule import ARRIVING, StepRule
from app.parts.shapes import Features, Ordered
from app.parts.torch_call import TorchCall


class MeanOverTime(Layer[Ordered]):
    """The mean of what stands at all places of a sequence.

    Use it where everything counts and its order matters less. Where sequences are filled up to one length, only places
    that count are taken.
    """

    title: ClassVar[str] = "Mean over time"
    group: ClassVar[str] = "sequence"
    formula: ClassVar[str] = "y = mean of xₜ over t"
    also: ClassVar[tuple[str, ...]] = ("average pooling", "mean pooling", "bag of words")
    bends: ClassVar[bool] = False

    kind: Literal["mean_over_time"] = "mean_over_time"

    def shape_after(self, shape: Ordered) -> Features:
        return Features(size=shape.at_each)

    def rule(self, shape: Ordered) -> Rule:
        return stepwise(StepRule(name="y", makes="mean", of=(ARRIVING,), width=shape.at_each))

    def module_for(self, shape: Ordered) -> TorchCall:
        return TorchCall("modules.MeanOverTime", **places(shape, self.sides))
