"""Every weight starts at 0."""

from typing import ClassVar, Literal

from app.parts.initializers.initializer import Initializer
from app.parts.torch_call import TorchCall


class Zeros(Initializer):
    """Every weight starts at 0.

    Use it to see why one does not: all neurons of a layer answer the same, get the same gradient and stay the same.
    A single neuron without hidden layers learns all the same.
    """

    title: ClassVar[str] = "Zeros"
    formula: ClassVar[str] = "w = 0"

    kind: Literal["zeros"] = "zeros"

    def call(self) -> TorchCall:
        return TorchCall("nn.init.zeros_")
