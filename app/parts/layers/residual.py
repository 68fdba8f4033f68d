"""A stack of layers with a shortcut around it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from app.parts.layers.layer import Layer
from app.parts.layers.stack import Placed, flow, sizing, survey
from app.parts.part import setting
from app.parts.problem import Edit, Fix, Problem
from app.parts.shapes import Features, Shape
from app.parts.torch_call import TorchCall

if TYPE_CHECKING:  # the list of layers needs this class first; it completes it with `model_rebuild`
    AnyLayer = Layer[Any]


class Residual(Layer[Shape]):
    """Adds what comes in to what its inner layers make of it, so that deep networks learn a small change at a time.

    Use it when many layers learn slowly or not at all: the shortcut lets the gradient pass unharmed.
    Source: He et al. 2015, arXiv:1512.03385.
    """

    title: ClassVar[str] = "Residual"
    group: ClassVar[str] = "structure"
    formula: ClassVar[str] = "y = x + f(x)"
    also: ClassVar[tuple[str, ...]] = ("skip connection", "shortcut", "resnet")

    kind: Literal["residual"] = "residual"
    layers: "list[AnyLayer]" = setting(
        [], "Inner layers", "What is added to the input. The inner layers must give the shape they take.", max_length=64
    )

    def stacks(self) -> list[tuple[str, Sequence[Layer[Any]]]]:
        return [("/layers", self.layers)]

    def placed(self, shape: Shape) -> list[Placed]:
        return flow(self.layers, shape, "/layers")

    def shape_after(self, shape: Shape) -> Shape:
        self._demand_equal(shape, self.placed(shape))
        return shape

    def problems(self, shape: Shape) -> list[Problem]:
        inner = survey(self.layers, shape, "/layers")
        if inner.problems:
            return inner.problems
        try:
            self._demand_equal(shape, inner.placed)
        except Problem as problem:
            return [problem]
        return []

    def module_for(self, shape: Shape) -> TorchCall:
        return TorchCall("modules.Residual", [one.layer.module_for(one.before) for one in self.placed(shape)])

    def parameters(self, shape: Shape) -> int:
        return sum(one.parameters for one in self.placed(shape))

    def multiply_adds(self, shape: Shape) -> int:
        return sum(one.multiply_adds for one in self.placed(shape))

    def _demand_equal(self, before: Shape, placed: list[Placed]) -> None:
        after = placed[-1].after if placed else before
        if after == before:
            return
        if after.numbers == before.numbers:
            raise Problem(
                "The inner layers turn {before} into {after}, so the two cannot be added. Put the layer that reshapes "
                "in front of the residual.",
                place="/layers",
                before=type(before).noun,
                after=type(after).noun,
            )
        raise Problem(
            "The inner layers turn {before} numbers into {after}, so the two cannot be added. Make them equal.",
            place="/layers",
            before=before.numbers,
            after=after.numbers,
            fixes=self._fixes(placed, before),
        )

    def _fixes(self, placed: list[Placed], before: Shape) -> tuple[Fix, ...]:
        if not isinstance(before, Features):
            return ()
        last = sizing(placed)
        if last is not None:
            edit = Edit("add", last.path + "/units", before.size)
            return (Fix("Give the last inner layer {units} neurons", {"units": before.size}, (edit,)),)
        edit = Edit("add", "/layers/-", {"kind": "linear", "units": before.size})
        return (Fix("Add an inner linear layer of {units} neurons", {"units": before.size}, (edit,)),)
