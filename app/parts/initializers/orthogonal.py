"""Directions at right angles to each other."""

from typing import ClassVar, Literal

from app.parts.initializers.initializer import Initializer, gain
from app.parts.torch_call import TorchCall


class Orthogonal(Initializer):
    """The weights of the neurons stand at right angles to each other, so that each looks at something else.

    That is so while there are no more neurons than inputs; else the weights from each input do. Use it in very deep
    networks: between layers of one width, signals are turned, but neither stretched nor squeezed. Source: Saxe et al.
    2013, arXiv:1312.6120.
    """

    title: ClassVar[str] = "Orthogonal"
    formula: ClassVar[str] = "W Wᵀ = gain² · I"

    kind: Literal["orthogonal"] = "orthogonal"
    gain: float = gain()

    def call(self) -> TorchCall:
        return TorchCall("nn.init.orthogonal_", gain=self.gain)
