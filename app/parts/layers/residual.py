"""A stack of layers with a shortcut around it."""

from typing import TYPE_CHECKING, ClassVar, Literal

from app.parts.layers.layer import Layer
from app.parts.layers.stack import Placed, flow
from app.parts.part import setting
from app.parts.problem import Problem
from app.parts.shapes import Shape
from app.parts.torch_call import TorchCall

if TYPE_CHECKING:
    from app.parts.layers import AnyLayer


class Residual(Layer[Shape]):
    """Adds what comes in to what its inner layers make of it, so that deep networks learn a small change at a time.

    Source: He et al. 2015, arXiv:1512.03385.
    """

    title: ClassVar[str] = "Residual"
    group: ClassVar[str] = "structure"
    formula: ClassVar[str] = "y = x + f(x)"
    also: ClassVar[tuple[str, ...]] = ("skip", "shortcut", "resnet")

    kind: Literal["residual"] = "residual"
    layers: "list[AnyLayer]" = setting(
        [], "Inner layers", "What is added to the input. The inner layers must give the shape they take.", max_length=64
    )

    def placed(self, shape: Shape) -> list[Placed]:
        """The inner layers with the shapes that reach them."""
        return flow(self.layers, shape, "/layers")

    def shape_after(self, shape: Shape) -> Shape:
        placed = self.placed(shape)
        after = placed[-1].after if placed else shape
        if after != shape:
            raise Problem(
                "The inner layers turn {before} numbers into {after}, so the two cannot be added. Make them equal.",
                place="/layers",
                before=shape.numbers,
                after=after.numbers,
            )
        return shape

    def module_for(self, shape: Shape) -> TorchCall:
        return TorchCall("modules.Residual", [one.layer.module_for(one.before) for one in self.placed(shape)])

    def parameters(self, shape: Shape) -> int:
        return sum(one.layer.parameters(one.before) for one in self.placed(shape))

    def multiply_adds(self, shape: Shape) -> int:
        return sum(one.layer.multiply_adds(one.before) for one in self.placed(shape))
