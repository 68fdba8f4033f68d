"""The Gaussian error linear unit."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Layer
from app.parts.part import setting
from app.parts.shapes import Shape
from app.parts.torch_call import TorchCall


class Gelu(Layer[Shape]):
    """Weights every number by the chance that a standard normal number is smaller: a ReLU with a soft corner.

    Use it as the networks behind language models do. Source: Hendrycks and Gimpel 2016, arXiv:1606.08415.
    """

    title: ClassVar[str] = "GELU"
    group: ClassVar[str] = "activation"
    formula: ClassVar[str] = "a = z · Φ(z)"
    also: ClassVar[tuple[str, ...]] = ("gaussian error linear unit",)
    elementwise: ClassVar[bool] = True

    kind: Literal["gelu"] = "gelu"
    approximate: Literal["none", "tanh"] = setting(
        "none",
        "Approximation",
        "Exact, or by a tanh that was quicker on old machines. They hardly differ.",
        labels={"none": "exact", "tanh": "by tanh"},
    )

    def module_for(self, shape: Shape) -> TorchCall:
        return TorchCall("nn.GELU", approximate=self.approximate)
