"""A row of learned numbers for the class that is asked for."""

from typing import ClassVar, Literal

from app.parts.layers.holding import along
from app.parts.layers.layer import Weighted
from app.parts.layers.rule import Rule, stepwise
from app.parts.layers.step_rule import ARRIVING, StepRule, summed
from app.parts.shapes import Choice, Shape
from app.parts.torch_call import TorchCall


class ClassEmbedding(Weighted[Shape]):
    """Adds to what arrives a row of numbers for the class that is asked for; to a picture, one number for each channel.

    Use it in networks that draw to order: the class is read here, beside what flows. The rows are learned.
    Source: Mirza and Osindero 2014, Conditional Generative Adversarial Nets, arXiv:1411.1784.
    """

    title: ClassVar[str] = "Class embedding"
    group: ClassVar[str] = "structure"
    formula: ClassVar[str] = "y = x + E[class]"
    also: ClassVar[tuple[str, ...]] = ("conditioning", "label", "condition", "to order")
    bends: ClassVar[bool] = False
    reads: ClassVar[str] = "label"

    kind: Literal["class_embedding"] = "class_embedding"

    def rule(self, shape: Shape) -> Rule:
        width = shape.at_each
        row = StepRule(name="e", makes="look_up", of=(self.reads,), width=width, weights=("weight",))
        return stepwise(row, summed("y", width, ARRIVING, "e"))

    def module_for(self, shape: Shape) -> TorchCall:
        return TorchCall("modules.ClassEmbedding", self._classes, shape.at_each, **along(shape))

    def weights(self, shape: Shape) -> dict[str, tuple[int, ...]]:
        return {"weight": (self._classes, shape.at_each)}

    @property
    def _classes(self) -> int:
        label = self.sides[self.reads]
        return label.count if isinstance(label, Choice) else 1
