"""What every initializer owes: the PyTorch calls for weights and biases."""

from typing import Any, ClassVar

from app.parts.part import Part, setting
from app.parts.torch_call import TorchCall


def gain() -> Any:
    """The field `gain` of those that fit the weights to the size of the layer."""
    return setting(1.0, "Gain", "Makes all weights so many times as large.", ge=0, le=10, step=0.1)


class Initializer(Part):
    """How the first weights are drawn. Applied to the weights of layers that multiply; biases start at 0."""

    family: ClassVar[str] = "initializers"
    kind: str

    def call(self) -> TorchCall | None:
        """The `nn.init` call without its tensor; None leaves PyTorch's own start, biases included."""
        raise NotImplementedError
