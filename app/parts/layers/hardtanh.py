"""A tanh made of three straight lines."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Layer
from app.parts.part import setting
from app.parts.problem import Edit, Fix, Problem
from app.parts.shapes import Shape
from app.parts.torch_call import TorchCall


class Hardtanh(Layer[Shape]):
    """Cuts off what is below the lowest or above the highest value, and leaves the rest as it is.

    Use it to see what tanh does with straight lines only, or to keep numbers within bounds.
    """

    title: ClassVar[str] = "Hard tanh"
    group: ClassVar[str] = "activation"
    formula: ClassVar[str] = "a = min(max(z, low), high)"
    also: ClassVar[tuple[str, ...]] = ("clamp", "clip")
    elementwise: ClassVar[bool] = True

    kind: Literal["hardtanh"] = "hardtanh"
    min_val: float = setting(-1.0, "Lowest", "Smaller numbers become this one.", ge=-100, le=100, step=0.1)
    max_val: float = setting(1.0, "Highest", "Larger numbers become this one.", ge=-100, le=100, step=0.1)

    def module_for(self, shape: Shape) -> TorchCall:
        return TorchCall("nn.Hardtanh", min_val=self.min_val, max_val=self.max_val)

    def shape_after(self, shape: Shape) -> Shape:
        if self.min_val >= self.max_val:
            raise Problem(
                "The lowest value, {low}, must be below the highest, {high}.",
                place="/min_val",
                low=self.min_val,
                high=self.max_val,
                fixes=(
                    Fix("Cut off at −1 and 1", edits=(Edit("add", "/min_val", -1.0), Edit("add", "/max_val", 1.0))),
                ),
            )
        return shape
