"""The largest number over a sequence."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Layer
from app.parts.layers.over_time import places
from app.parts.layers.rule import Rule, stepwise
from app.parts.layers.step_rule import ARRIVING, StepRule
from app.parts.shapes import Features, Ordered
from app.parts.torch_call import TorchCall


class MaxOverTime(Layer[Ordered]):
    """The largest number over all places of a sequence, for each of the numbers that stand at one.

    Use it where one strong sign decides, wherever it stands. Where sequences are filled up to one length, only places
    that count are taken. Source: Collobert et al. 2011, arXiv:1103.0398.
    """

    title: ClassVar[str] = "Maximum over time"
    group: ClassVar[str] = "sequence"
    formula: ClassVar[str] = "y = largest of xₜ over t"
    also: ClassVar[tuple[str, ...]] = ("max pooling", "global max pooling")

    kind: Literal["max_over_time"] = "max_over_time"

    def shape_after(self, shape: Ordered) -> Features:
        return Features(size=shape.at_each)

    def rule(self, shape: Ordered) -> Rule:
        return stepwise(StepRule(name="y", makes="peak", of=(ARRIVING,), width=shape.at_each))

    def module_for(self, shape: Ordered) -> TorchCall:
        return TorchCall("modules.MaxOverTime", **places(shape, self.sides))
