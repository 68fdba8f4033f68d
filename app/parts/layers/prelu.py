"""A ReLU that learns its leak."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Weighted
from app.parts.part import setting
from app.parts.shapes import Shape
from app.parts.torch_call import TorchCall


class Prelu(Weighted[Shape]):
    """A leaky ReLU whose slope below 0 is learned along with the weights.

    Use it where you do not know how much should leak. Source: He et al. 2015, arXiv:1502.01852.
    """

    title: ClassVar[str] = "PReLU"
    group: ClassVar[str] = "activation"
    formula: ClassVar[str] = "a = z if z > 0 else slope · z, slope learned"
    also: ClassVar[tuple[str, ...]] = ("parametric relu", "learned leaky relu")
    elementwise: ClassVar[bool] = True

    kind: Literal["prelu"] = "prelu"
    init: float = setting(0.25, "First slope", "The slope below 0 that learning starts from.", ge=-1, le=1, step=0.05)

    def module_for(self, shape: Shape) -> TorchCall:
        return TorchCall("nn.PReLU", init=self.init)

    def weights(self, shape: Shape) -> dict[str, tuple[int, ...]]:
        return {"weight": (1,)}
