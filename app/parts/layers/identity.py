"""Nothing at all."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Layer
from app.parts.layers.rule import COPY, Rule
from app.parts.shapes import Shape
from app.parts.torch_call import TorchCall


class Identity(Layer[Shape]):
    """Hands on what comes in, unchanged.

    Use it to switch a layer off without losing its place.
    """

    title: ClassVar[str] = "Identity"
    group: ClassVar[str] = "structure"
    formula: ClassVar[str] = "y = x"
    also: ClassVar[tuple[str, ...]] = ("nothing", "pass through", "none")
    bends: ClassVar[bool] = False

    kind: Literal["identity"] = "identity"

    def rule(self, shape: Shape) -> Rule:
        return COPY

    def module_for(self, shape: Shape) -> TorchCall:
        return TorchCall("nn.Identity")
