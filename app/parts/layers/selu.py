"""The self-normalising exponential linear unit."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Layer
from app.parts.shapes import Shape
from app.parts.torch_call import TorchCall


class Selu(Layer[Shape]):
    """An ELU, scaled so that the outputs of many layers keep mean 0 and spread 1 by themselves.

    Use it in deep stacks of linear layers without normalisation. Source: Klambauer et al. 2017, arXiv:1706.02515.
    """

    title: ClassVar[str] = "SELU"
    group: ClassVar[str] = "activation"
    formula: ClassVar[str] = "a = λ · (z if z > 0 else α · (eᶻ − 1)), λ ≈ 1.0507, α ≈ 1.6733"
    also: ClassVar[tuple[str, ...]] = ("self-normalising", "scaled elu")
    elementwise: ClassVar[bool] = True

    kind: Literal["selu"] = "selu"

    def module_for(self, shape: Shape) -> TorchCall:
        return TorchCall("nn.SELU")
