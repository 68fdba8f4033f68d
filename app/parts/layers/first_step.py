"""What stands at the first place of a sequence."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Layer
from app.parts.layers.over_time import places
from app.parts.layers.rule import Rule, stepwise
from app.parts.layers.step_rule import ARRIVING, StepRule
from app.parts.shapes import Features, Ordered
from app.parts.torch_call import TorchCall


class FirstStep(Layer[Ordered]):
    """Keeps what stands at the first place of a sequence, and drops the rest.

    Use it behind attention where a class token stands in front: its place has gathered what is asked of the whole.
    Source: Devlin et al. 2018, arXiv:1810.04805.
    """

    title: ClassVar[str] = "First place"
    group: ClassVar[str] = "sequence"
    formula: ClassVar[str] = "y = x[first]"
    also: ClassVar[tuple[str, ...]] = ("class token", "cls", "first time step", "first state")
    bends: ClassVar[bool] = False

    kind: Literal["first_step"] = "first_step"

    def shape_after(self, shape: Ordered) -> Features:
        return Features(size=shape.at_each)

    def rule(self, shape: Ordered) -> Rule:
        return stepwise(StepRule(name="y", makes="end", of=(ARRIVING,), width=shape.at_each, backwards=True))

    def module_for(self, shape: Ordered) -> TorchCall:
        return TorchCall("modules.FirstStep", **places(shape, {}))
