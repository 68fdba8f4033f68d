"""What layers that hold stacks of layers share: each stack takes what arrives, and what leaves them is joined."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from app.parts.layers.layer import Layer, Weighted
from app.parts.layers.mending import Stack
from app.parts.layers.stack import Placed, flow, sides_behind, survey
from app.parts.problem import Fix, Problem
from app.parts.shapes import Shape

Taken = TypeVar("Taken", bound=Shape)


class Holding(Weighted[Taken]):
    """A layer made of stacks of layers. A subclass names them in `stacks` and says what they make together."""

    def joined(self, shape: Shape, ends: Sequence[Shape]) -> Shape:
        """The shape that leaves, from those at the ends of the stacks. Raises `Problem` where they do not fit."""
        raise NotImplementedError

    def fixes(self, shape: Shape, stacks: Sequence[Stack]) -> tuple[Fix, ...]:
        """What mends ends that do not fit together."""
        return ()

    def stacks(self) -> list[tuple[str, Sequence[Layer[Any]]]]:
        raise NotImplementedError

    def placed(self, shape: Taken) -> list[Placed]:
        return [placed for place, layers in self.stacks() for placed in flow(layers, shape, place, self.sides)]

    def chain(self, shape: Taken) -> int:
        """That of the longest stack, and what joins them."""
        stacks = [flow(layers, shape, place, self.sides) for place, layers in self.stacks()]
        return 1 + max((sum(layer.chain for layer in placed) for placed in stacks), default=0)

    def shape_after(self, shape: Taken) -> Shape:
        flows = [flow(layers, shape, place, self.sides) for place, layers in self.stacks()]
        return self.joined(shape, [placed[-1].after if placed else shape for placed in flows])

    def sides_after(self, shape: Taken) -> Mapping[str, Shape]:
        """As behind the first stack: where one has more places than another, their ends do not fit together."""
        for place, layers in self.stacks():
            return sides_behind(flow(layers, shape, place, self.sides), self.sides)
        return self.sides

    def problems(self, shape: Taken) -> list[Problem]:
        surveys = [survey(layers, shape, place, self.sides) for place, layers in self.stacks()]
        inner = [problem for surveyed in surveys for problem in surveyed.problems]
        if inner:
            return inner
        stacks = [
            Stack(place, shape, surveyed.placed) for (place, _), surveyed in zip(self.stacks(), surveys, strict=True)
        ]
        try:
            self.joined(shape, [stack.after for stack in stacks])
        except Problem as problem:
            fixes = problem.fixes or self.fixes(shape, stacks)
            return [Problem(problem.template, place=problem.place, fixes=fixes, **problem.values)]
        return []


def written(shape: Shape) -> str:
    """The sizes of a shape, as a person writes them: "16 × 8 × 8"."""
    return " × ".join(map(str, shape.sizes))


def same_sides(first: Shape, second: Shape) -> bool:
    """Whether two shapes differ in nothing but how many neurons or channels they have."""
    return type(first) is type(second) and first.answered(1) == second.answered(1)


def along(shape: Shape) -> dict[str, int]:
    """The option of a module that puts numbers behind one another: their dimension, where it is not the first."""
    return {"dim": shape.dim} if shape.dim != Shape().dim else {}
