"""Stacks of layers side by side."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict

from app.parts.layers.first_layers import keeping, weighing
from app.parts.layers.holding import Holding, along, same_sides, written
from app.parts.layers.layer import Layer
from app.parts.layers.mending import Stack, mended
from app.parts.layers.rule import Rule
from app.parts.layers.stack import flow
from app.parts.part import setting
from app.parts.problem import Edit, Fix, Problem
from app.parts.shapes import Shape
from app.parts.torch_call import TorchCall

if TYPE_CHECKING:  # the list of layers needs this class first; it completes it with `model_rebuild`
    AnyLayer = Layer[Any]

NUMBERS = "①②③④⑤⑥⑦⑧"  # how a sentence calls the branches


class Branch(BaseModel):
    """One of the stacks."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    layers: "list[AnyLayer]" = setting([], "Layers", "What this branch makes of the input.", max_length=64)


class Branches(Holding[Shape]):
    """Sends what comes in through several stacks of layers side by side, and joins or adds what they give.

    Use it to look at a picture with windows of several sizes at once. A branch without layers hands on the input.
    Source: Szegedy et al. 2014, arXiv:1409.4842.
    """

    title: ClassVar[str] = "Branches"
    group: ClassVar[str] = "structure"
    formula: ClassVar[str] = "y = [f₁(x), f₂(x), …] or f₁(x) + f₂(x) + …"
    also: ClassVar[tuple[str, ...]] = ("inception", "parallel", "concatenate", "concat", "add", "googlenet")

    kind: Literal["branches"] = "branches"
    join: Literal["concat", "add"] = setting(
        "concat",
        "Join",
        "Side by side: the channels of all branches behind one another. Added: number by number, all of one shape.",
        labels={"concat": "side by side", "add": "added"},
    )
    branches: list[Branch] = setting([], "Branches", "The stacks of layers. Each takes the same input.", max_length=8)

    @classmethod
    def started(cls, shape: Shape) -> Self:
        return cls.model_validate({"branches": _first_branches(shape)})

    def stacks(self) -> list[tuple[str, Sequence[Layer[Any]]]]:
        return [(f"/branches/{number}/layers", branch.layers) for number, branch in enumerate(self.branches)]

    def next_branch(self, shape: Shape) -> dict[str, Any]:
        return {"layers": [weighing(shape)]}

    def joined(self, shape: Shape, ends: Sequence[Shape]) -> Shape:
        if not ends:
            start = Edit("add", "/branches", _first_branches(shape))
            raise Problem(
                "There are no branches yet. Add at least one.",
                place="/branches",
                fixes=(Fix("Start with two branches", edits=(start,)),),
            )
        target = _target(ends)
        for number, end in enumerate(ends):
            if end != target and (self.join == "add" or not same_sides(end, target)):
                self._refuse(number, ends)
        if self.join == "add":
            return target
        return target.answered(sum(end.at_each for end in ends))

    def fixes(self, shape: Shape, stacks: Sequence[Stack]) -> tuple[Fix, ...]:
        target = _target([stack.after for stack in stacks])
        for stack in stacks:
            if self.join == "add" and stack.after != target:
                return mended(stack, target)
            if self.join == "concat" and not same_sides(stack.after, target):
                return mended(stack, target, lambda after: same_sides(after, target))
        return ()

    def rule(self, shape: Shape) -> Rule:
        return Rule(reads="parts", makes=self.join)

    def module_for(self, shape: Shape) -> TorchCall:
        branches = [
            TorchCall(
                "modules.Branch",
                [placed.layer.module_for(placed.before) for placed in flow(layers, shape, "", self.sides)],
            )
            for _, layers in self.stacks()
        ]
        return TorchCall("modules.Branches", branches, join=self.join, **along(shape))

    def _refuse(self, number: int, ends: Sequence[Shape]) -> None:
        given = ", ".join(f"{NUMBERS[place]} {written(end)}" for place, end in enumerate(ends))
        if self.join == "add":
            raise Problem(
                "The branches cannot be added, for they give different sizes: {given}. Make them equal.",
                place=f"/branches/{number}",
                given=given,
            )
        raise Problem(
            "The branches cannot be joined, for all but their channels must be equal, and they give: {given}.",
            place=f"/branches/{number}",
            given=given,
        )


def _target(ends: Sequence[Shape]) -> Shape:
    """What the branches should give: what most of them do, and of those the largest."""
    counts = Counter((type(end), end.sizes) for end in ends)
    return max(ends, key=lambda end: (counts[type(end), end.sizes], end.numbers))


def _first_branches(shape: Shape) -> list[dict[str, Any]]:
    half = max(shape.at_each // 2, 1)
    return [{"layers": [weighing(shape, half, kernel=1), {"kind": "relu"}]}, {"layers": keeping(shape)}]
