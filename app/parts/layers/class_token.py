"""A learned token in front of all others."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from app.parts.layers.layer import Weighted
from app.parts.layers.over_time import PADDING
from app.parts.layers.rule import Rule, stepwise
from app.parts.layers.step_rule import ARRIVING, StepRule
from app.parts.shapes import Padding, Sequence, Shape
from app.parts.torch_call import TorchCall


class ClassToken(Weighted[Sequence]):
    """Puts one place in front of the sequence, with learned numbers. It stands for nothing in the text: attention
    gathers there what is asked of the whole.

    Use it behind the embedding, and behind the last block First place, which keeps that place alone. Positions count
    from it. Source: Devlin et al. 2018, arXiv:1810.04805, where it is called [CLS].
    """

    title: ClassVar[str] = "Class token"
    group: ClassVar[str] = "sequence"
    formula: ClassVar[str] = "y₀ = c, yₜ₊₁ = xₜ"
    also: ClassVar[tuple[str, ...]] = ("cls", "classification token", "bert", "vit", "register")
    bends: ClassVar[bool] = False

    kind: Literal["class_token"] = "class_token"

    def shape_after(self, shape: Sequence) -> Sequence:
        return Sequence(length=shape.length + 1, width=shape.width)

    def sides_after(self, shape: Sequence) -> Mapping[str, Shape]:
        """What only fills up has one place more that does not."""
        padding = self.sides.get(PADDING)
        if not isinstance(padding, Padding) or padding.length != shape.length:
            return self.sides
        return {**self.sides, PADDING: Padding(length=shape.length + 1)}

    def rule(self, shape: Sequence) -> Rule:
        return stepwise(StepRule(name="y", makes="led", of=(ARRIVING,), width=shape.width, weights=("weight",)))

    def module_for(self, shape: Sequence) -> TorchCall:
        return TorchCall("modules.ClassToken", shape.width)

    def weights(self, shape: Sequence) -> dict[str, tuple[int, ...]]:
        return {"weight": (shape.width,)}
