"""A ReLU that leaks."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Layer
from app.parts.part import setting
from app.parts.shapes import Shape
from app.parts.torch_call import TorchCall


class LeakyRelu(Layer[Shape]):
    """Lets positive numbers through, and a small share of negative ones.

    Use it where ReLU neurons die: through the leak, every neuron can learn its way back.
    """

    title: ClassVar[str] = "Leaky ReLU"
    group: ClassVar[str] = "activation"
    formula: ClassVar[str] = "a = z if z > 0 else slope · z"
    also: ClassVar[tuple[str, ...]] = ("lrelu",)
    elementwise: ClassVar[bool] = True

    kind: Literal["leaky_relu"] = "leaky_relu"
    negative_slope: float = setting(
        0.01, "Slope below 0", "The share of a negative number that is let through.", ge=0, le=1, step=0.01
    )

    def module_for(self, shape: Shape) -> TorchCall:
        return TorchCall("nn.LeakyReLU", negative_slope=self.negative_slope)
