"""The same numbers in another shape."""

from math import prod
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field

from app.parts.layers.layer import Layer
from app.parts.layers.rule import Rule
from app.parts.layers.stack import square
from app.parts.part import setting
from app.parts.problem import Edit, Fix, Problem
from app.parts.shapes import Features, Image, Series, Shape
from app.parts.torch_call import TorchCall

Size = Annotated[int, Field(ge=1, le=1_000_000)]


class Reshape(Layer[Shape]):
    """Reads the numbers in the same order as another shape: a list as a picture, a picture as a series.

    Use it before convolutions where the data come as a flat list, or to draw pictures from one. It learns nothing.
    Three sizes are channels, height and width of a picture, two are channels and length of a series, one is a list.
    """

    title: ClassVar[str] = "Reshape"
    group: ClassVar[str] = "shape"
    formula: ClassVar[str] = "list → channels × height × width"
    also: ClassVar[tuple[str, ...]] = ("unflatten", "view", "fold", "to picture", "to series")
    bends: ClassVar[bool] = False

    kind: Literal["reshape"] = "reshape"
    sizes: list[Size] = setting(
        [1, 8, 8],
        "Sizes",
        "Channels, height, width; or channels, length; or one number. Together as many numbers as come in.",
        min_length=1,
        max_length=3,
    )

    @classmethod
    def started(cls, shape: Shape) -> Self:
        if isinstance(shape, Features):
            return cls(sizes=square(shape.size) or [1, shape.size])
        channels, *sides = shape.sizes
        return cls(sizes=[channels, prod(sides)] if len(sides) > 1 else [channels * prod(sides)])

    def shape_after(self, shape: Shape) -> Shape:
        wanted = prod(self.sizes)
        if wanted != shape.numbers:
            raise Problem(
                "{given} numbers come in, but {sizes} is {wanted} numbers.",
                place="/sizes",
                given=shape.numbers,
                sizes=" × ".join(map(str, self.sizes)),
                wanted=wanted,
                fixes=tuple(self._fixes(shape)),
            )
        match self.sizes:
            case [channels, height, width]:
                return Image(channels=channels, height=height, width=width)
            case [channels, length]:
                return Series(channels=channels, length=length)
            case _:
                return Features(size=wanted)

    def rule(self, shape: Shape) -> Rule:
        return Rule(reads="order", makes="copy")

    def module_for(self, shape: Shape) -> TorchCall:
        return TorchCall("modules.Reshape", self.sizes)

    def _fixes(self, shape: Shape) -> list[Fix]:
        """The wanted sizes with another first or last one, and what `started` makes of the shape."""
        others = [prod(self.sizes[1:]), prod(self.sizes[:-1])]
        first, last = (shape.numbers // other if shape.numbers % other == 0 else 0 for other in others)
        ways = [[first, *self.sizes[1:]], [*self.sizes[:-1], last], type(self).started(shape).sizes]
        kept = [way for number, way in enumerate(ways) if way[0] and way[-1] and way not in ways[:number]]
        return [
            Fix("Use {sizes}", {"sizes": " × ".join(map(str, way))}, (Edit("add", "/sizes", way),)) for way in kept[:2]
        ]
