"""The last layer of a network whose weights are the rows of its embedding."""

from typing import ClassVar

from app.parts.layers.linear import Linear
from app.parts.shapes import Vectors
from app.parts.torch_call import TorchCall


class Tied(Linear):
    """A linear layer that learns its bias alone: in the place of weights it has the table of the network's embedding.
    No document names it: a network's `tied` puts it there."""

    bends: ClassVar[bool] = False

    def module_for(self, shape: Vectors) -> TorchCall:
        return TorchCall("modules.Tied", self.units)

    def weights(self, shape: Vectors) -> dict[str, tuple[int, ...]]:
        return {"bias": (self.units,)}
