"""A stack of layers whose output is joined to what went in."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

from app.parts.layers.first_layers import dipping
from app.parts.layers.holding import Holding, along, same_sides, written
from app.parts.layers.layer import Layer
from app.parts.layers.mending import Stack, mended
from app.parts.layers.rule import Rule
from app.parts.part import setting
from app.parts.problem import Fix, Problem
from app.parts.shapes import Shape
from app.parts.torch_call import TorchCall

if TYPE_CHECKING:  # the list of layers needs this class first; it completes it with `model_rebuild`
    AnyLayer = Layer[Any]


class Skip(Holding[Shape]):
    """Puts what its inner layers make of the input beside the input itself: their channels behind its own.

    Use it to build a U-Net: inside, pool, look at the whole and upsample again; outside, the fine detail is still
    there. Skips within skips make it deeper. Source: Ronneberger et al. 2015, arXiv:1505.04597.
    """

    title: ClassVar[str] = "Skip"
    group: ClassVar[str] = "structure"
    formula: ClassVar[str] = "y = [x, f(x)]"
    also: ClassVar[tuple[str, ...]] = ("skip connection", "u-net", "unet", "densenet", "concatenate")

    kind: Literal["skip"] = "skip"
    layers: "list[AnyLayer]" = setting(
        [],
        "Inner layers",
        "What is put beside the input. The inner layers must give pictures as high and wide as those they take.",
        max_length=64,
    )

    @classmethod
    def started(cls, shape: Shape) -> Self:
        return cls.model_validate({"layers": dipping(shape)})

    def stacks(self) -> list[tuple[str, Sequence[Layer[Any]]]]:
        return [("/layers", self.layers)]

    def joined(self, shape: Shape, ends: Sequence[Shape]) -> Shape:
        (after,) = ends
        if type(after) is not type(shape):
            raise Problem(
                "The inner layers turn {before} into {after}, so the two cannot be joined. Take out the layer that "
                "reshapes.",
                place="/layers",
                before=type(shape).noun,
                after=type(after).noun,
            )
        if not same_sides(shape, after):
            raise Problem(
                "What comes in is {before}, but the inner layers give {after}. To be joined, all but the channels must "
                "be equal.",
                place="/layers",
                before=written(shape),
                after=written(after),
            )
        return shape.answered(shape.at_each + after.at_each)

    def fixes(self, shape: Shape, stacks: Sequence[Stack]) -> tuple[Fix, ...]:
        return mended(stacks[0], shape, lambda after: same_sides(shape, after))

    def rule(self, shape: Shape) -> Rule:
        return Rule(reads="parts", makes="concat", around=True)

    def module_for(self, shape: Shape) -> TorchCall:
        inner = [placed.layer.module_for(placed.before) for placed in self.placed(shape)]
        return TorchCall("modules.Skip", inner, **along(shape))
