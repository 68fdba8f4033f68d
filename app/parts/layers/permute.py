"""The same numbers with their directions swapped."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field

from app.parts.layers.layer import Layer
from app.parts.layers.rule import Rule
from app.parts.part import setting
from app.parts.problem import Edit, Fix, Problem
from app.parts.shapes import Channelled
from app.parts.torch_call import TorchCall

Direction = Annotated[int, Field(ge=1, le=3)]


class Permute(Layer[Channelled]):
    """Puts the directions of a picture or a series in another order: 1 are the channels, 2 and 3 what follows.

    Use it to swap a picture's rows and columns (1, 3, 2), or to look along the channels as if they were moments (2, 1).
    It learns nothing.
    """

    title: ClassVar[str] = "Permute"
    group: ClassVar[str] = "shape"
    formula: ClassVar[str] = "y[c, r, q] = x[c, q, r]"
    also: ClassVar[tuple[str, ...]] = ("transpose", "swap axes", "swap dimensions", "rotate")
    bends: ClassVar[bool] = False

    kind: Literal["permute"] = "permute"
    dims: list[Direction] = setting(
        [2, 1],
        "Order",
        "Which direction comes first, second and third. Each stands there once.",
        min_length=2,
        max_length=3,
    )

    @classmethod
    def started(cls, shape: Channelled) -> Self:
        return cls(dims=_last_two_swapped(shape))

    def shape_after(self, shape: Channelled) -> Channelled:
        if sorted(self.dims) != list(range(1, len(shape.sizes) + 1)):
            swapped = _last_two_swapped(shape)
            written = ", ".join(map(str, swapped))
            raise Problem(
                "{dims} is no order of {count} directions: each number from 1 to {count} must stand there once.",
                place="/dims",
                dims=", ".join(map(str, self.dims)),
                count=len(shape.sizes),
                fixes=(Fix("Use the order {dims}", {"dims": written}, (Edit("add", "/dims", swapped),)),),
            )
        return shape.with_sizes(*(shape.sizes[direction - 1] for direction in self.dims))

    def rule(self, shape: Channelled) -> Rule:
        return Rule(reads="axes", makes="copy", dims=tuple(self.dims))

    def module_for(self, shape: Channelled) -> TorchCall:
        return TorchCall("modules.Permute", self.dims)


def _last_two_swapped(shape: Channelled) -> list[int]:
    return [1, 3, 2] if len(shape.sizes) == 3 else [2, 1]
