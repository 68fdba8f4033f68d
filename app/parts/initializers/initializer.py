"""What every initializer owes: the PyTorch calls for weights and biases."""

from typing import ClassVar

from app.parts.part import Part
from app.parts.torch_call import TorchCall


class Initializer(Part):
    """How the first weights are drawn. Applied to the weights of layers that multiply; biases start at 0."""

    family: ClassVar[str] = "initializers"
    kind: str

    def call(self) -> TorchCall | None:
        """The `nn.init` call without its tensor; None leaves PyTorch's own start, biases included."""
        raise NotImplementedError
