"""A ReLU without a corner."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Layer
from app.parts.part import setting
from app.parts.shapes import Shape
from app.parts.torch_call import TorchCall


class Softplus(Layer[Shape]):
    """A ReLU whose corner is rounded off; its outputs are always positive.

    Use it where an answer must be positive, or to see what the corner of ReLU does.
    """

    title: ClassVar[str] = "Softplus"
    group: ClassVar[str] = "activation"
    formula: ClassVar[str] = "a = ln(1 + e^(β z)) / β"
    elementwise: ClassVar[bool] = True

    kind: Literal["softplus"] = "softplus"
    beta: float = setting(1.0, "β", "How sharp the corner is: the larger, the more like ReLU.", gt=0, le=20, step=0.1)
    threshold: float = setting(
        20.0,
        "Threshold",
        "Above this value of β z it is a straight line, which is quicker and cannot overflow.",
        ge=0,
        le=100,
    )

    def module_for(self, shape: Shape) -> TorchCall:
        return TorchCall("nn.Softplus", beta=self.beta, threshold=self.threshold)
