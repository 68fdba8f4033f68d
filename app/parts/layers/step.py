"""The step of the first artificial neurons."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Layer
from app.parts.shapes import Shape
from app.parts.torch_call import TorchCall


class Step(Layer[Shape]):
    """Answers 1 for positive numbers and 0 for negative ones, as the neurons of 1943 did.

    Use it to see why it was given up: it is flat on both sides of its jump, so its gradient is 0 and the layers
    before it learn nothing. Source: McCulloch and Pitts 1943, doi:10.1007/BF02478259.
    """

    title: ClassVar[str] = "Step"
    group: ClassVar[str] = "activation"
    formula: ClassVar[str] = "a = 1 if z > 0, ½ if z = 0, 0 if z < 0"
    also: ClassVar[tuple[str, ...]] = ("heaviside", "threshold", "perceptron", "binary")
    elementwise: ClassVar[bool] = True

    kind: Literal["step"] = "step"

    def module_for(self, shape: Shape) -> TorchCall:
        return TorchCall("modules.Step")
