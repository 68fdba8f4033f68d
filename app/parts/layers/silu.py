"""The sigmoid linear unit."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Layer
from app.parts.shapes import Shape
from app.parts.torch_call import TorchCall


class Silu(Layer[Shape]):
    """Multiplies every number by its own sigmoid: a ReLU with a soft corner that dips a little below 0.

    Use it in place of ReLU where smooth boundaries help; also known as swish.
    Source: Ramachandran et al. 2017, arXiv:1710.05941.
    """

    title: ClassVar[str] = "SiLU"
    group: ClassVar[str] = "activation"
    formula: ClassVar[str] = "a = z · σ(z)"
    also: ClassVar[tuple[str, ...]] = ("swish", "sigmoid linear unit")
    elementwise: ClassVar[bool] = True

    kind: Literal["silu"] = "silu"

    def module_for(self, shape: Shape) -> TorchCall:
        return TorchCall("nn.SiLU")
