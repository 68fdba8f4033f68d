"""A stack of layers with a shortcut around it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

from app.parts.layers.first_layers import keeping
from app.parts.layers.holding import Holding, written
from app.parts.layers.layer import Layer
from app.parts.layers.mending import Stack, mended
from app.parts.layers.rule import Rule
from app.parts.part import setting
from app.parts.problem import Fix, Problem
from app.parts.shapes import Features, Shape
from app.parts.torch_call import TorchCall

if TYPE_CHECKING:  # the list of layers needs this class first; it completes it with `model_rebuild`
    AnyLayer = Layer[Any]


class Residual(Holding[Shape]):
    """Adds what comes in to what its inner layers make of it, so that deep networks learn a small change at a time.

    Use it when many layers learn slowly or not at all: the shortcut lets the gradient pass unharmed.
    Source: He et al. 2015, arXiv:1512.03385.
    """

    title: ClassVar[str] = "Residual"
    group: ClassVar[str] = "structure"
    formula: ClassVar[str] = "y = x + f(x)"
    also: ClassVar[tuple[str, ...]] = ("shortcut", "resnet", "identity connection")

    kind: Literal["residual"] = "residual"
    layers: "list[AnyLayer]" = setting(
        [], "Inner layers", "What is added to the input. The inner layers must give the shape they take.", max_length=64
    )

    @classmethod
    def started(cls, shape: Shape) -> Self:
        return cls.model_validate({"layers": keeping(shape)})

    def stacks(self) -> list[tuple[str, Sequence[Layer[Any]]]]:
        return [("/layers", self.layers)]

    def joined(self, shape: Shape, ends: Sequence[Shape]) -> Shape:
        (after,) = ends
        if after == shape:
            return shape
        if type(after) is not type(shape):
            raise Problem(
                "The inner layers turn {before} into {after}, so the two cannot be added. Put the layer that reshapes "
                "in front of the residual.",
                place="/layers",
                before=type(shape).noun,
                after=type(after).noun,
            )
        if isinstance(shape, Features):
            raise Problem(
                "The inner layers turn {before} numbers into {after}, so the two cannot be added. Make them equal.",
                place="/layers",
                before=shape.numbers,
                after=after.numbers,
            )
        raise Problem(
            "What comes in is {before}, but the inner layers give {after}, so the two cannot be added. Make the sizes "
            "equal.",
            place="/layers",
            before=written(shape),
            after=written(after),
        )

    def fixes(self, shape: Shape, stacks: Sequence[Stack]) -> tuple[Fix, ...]:
        return mended(stacks[0], shape)

    def rule(self, shape: Shape) -> Rule:
        return Rule(reads="parts", makes="add", around=True)

    def module_for(self, shape: Shape) -> TorchCall:
        return TorchCall("modules.Residual", [placed.layer.module_for(placed.before) for placed in self.placed(shape)])
