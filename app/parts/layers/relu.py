"""The rectified linear unit."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Layer
from app.parts.shapes import Shape
from app.parts.torch_call import TorchCall


class Relu(Layer[Shape]):
    """Lets positive numbers through and turns negative ones into 0.

    Use it in most deep networks: it is quick, and the gradient of a positive number passes unharmed. A neuron that is
    negative for every sample gets no gradient and often stays dead.
    """

    title: ClassVar[str] = "ReLU"
    group: ClassVar[str] = "activation"
    formula: ClassVar[str] = "a = max(0, z)"
    also: ClassVar[tuple[str, ...]] = ("rectified linear unit", "rectifier")
    elementwise: ClassVar[bool] = True

    kind: Literal["relu"] = "relu"

    def module_for(self, shape: Shape) -> TorchCall:
        return TorchCall("nn.ReLU")
