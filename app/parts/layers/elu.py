"""The exponential linear unit."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Layer
from app.parts.part import setting
from app.parts.shapes import Shape
from app.parts.torch_call import TorchCall


class Elu(Layer[Shape]):
    """Lets positive numbers through and bends negative ones smoothly towards −α.

    Use it in place of ReLU where smooth boundaries or outputs around 0 help.
    Source: Clevert et al. 2015, arXiv:1511.07289.
    """

    title: ClassVar[str] = "ELU"
    group: ClassVar[str] = "activation"
    formula: ClassVar[str] = "a = z if z > 0 else α · (eᶻ − 1)"
    also: ClassVar[tuple[str, ...]] = ("exponential linear unit",)
    elementwise: ClassVar[bool] = True

    kind: Literal["elu"] = "elu"
    alpha: float = setting(1.0, "α", "How far down negative numbers may go.", ge=0, le=10, step=0.1)

    def module_for(self, shape: Shape) -> TorchCall:
        return TorchCall("nn.ELU", alpha=self.alpha)
