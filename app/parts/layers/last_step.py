"""What stands at the last place of a sequence."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Layer
from app.parts.layers.over_time import places
from app.parts.layers.rule import Rule, stepwise
from app.parts.layers.step_rule import ARRIVING, StepRule
from app.parts.shapes import Features, Ordered
from app.parts.torch_call import TorchCall


class LastStep(Layer[Ordered]):
    """Keeps what stands at the last place of a sequence, and drops the rest.

    Use it behind a recurrent layer that gives every state, where one answer is wanted: its last state has read all.
    Where sequences are filled up to one length, the last is the last that counts.
    """

    title: ClassVar[str] = "Last time step"
    group: ClassVar[str] = "sequence"
    formula: ClassVar[str] = "y = x[last]"
    also: ClassVar[tuple[str, ...]] = ("last state", "final state")
    bends: ClassVar[bool] = False

    kind: Literal["last_step"] = "last_step"

    def shape_after(self, shape: Ordered) -> Features:
        return Features(size=shape.at_each)

    def rule(self, shape: Ordered) -> Rule:
        return stepwise(StepRule(name="y", makes="end", of=(ARRIVING,), width=shape.at_each))

    def module_for(self, shape: Ordered) -> TorchCall:
        return TorchCall("modules.LastStep", **places(shape, self.sides))
