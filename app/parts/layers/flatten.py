"""From a picture to a flat list of numbers."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Layer
from app.parts.layers.rule import Rule
from app.parts.shapes import Features, Shape
from app.parts.torch_call import TorchCall


class Flatten(Layer[Shape]):
    """Writes all numbers of a picture one after another, so that fully connected layers can take them.

    Use it once between pictures and linear layers. It learns nothing; which pixels were neighbours is forgotten.
    """

    title: ClassVar[str] = "Flatten"
    group: ClassVar[str] = "shape"
    formula: ClassVar[str] = "channels × height × width → one list"
    also: ClassVar[tuple[str, ...]] = ("reshape", "view", "vector")
    bends: ClassVar[bool] = False

    kind: Literal["flatten"] = "flatten"

    def shape_after(self, shape: Shape) -> Features:
        return Features(size=shape.numbers)

    def rule(self, shape: Shape) -> Rule:
        return Rule(reads="order", makes="copy")

    def module_for(self, shape: Shape) -> TorchCall:
        return TorchCall("nn.Flatten")
