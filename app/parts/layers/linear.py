"""The fully connected layer."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Weighted
from app.parts.layers.rule import Rule
from app.parts.part import setting
from app.parts.shapes import Shape, Vectors
from app.parts.torch_call import TorchCall


class Linear(Weighted[Vectors]):
    """Every neuron adds up all its inputs, each times a weight of its own, plus a bias.

    Use it wherever everything may matter for everything; with an activation behind it, it is the layer of all classic
    networks.
    """

    title: ClassVar[str] = "Linear"
    group: ClassVar[str] = "dense"
    formula: ClassVar[str] = "z = Σ wᵢ·xᵢ + b"
    also: ClassVar[tuple[str, ...]] = ("dense", "fully connected", "fc")
    bends: ClassVar[bool] = False
    followed_by: ClassVar[str] = "tanh"
    sized_by: ClassVar[str] = "units"

    kind: Literal["linear"] = "linear"
    units: int = setting(
        8,
        "Neurons",
        "How many neurons. More can draw finer boundaries, but each step takes longer and memorising comes sooner.",
        ge=1,
        le=4096,
    )
    bias: bool = setting(True, "Bias", "A number each neuron adds to its sum; it moves the boundary off the origin.")

    def shape_after(self, shape: Vectors) -> Shape:
        return shape.answered(self.units)

    def rule(self, shape: Vectors) -> Rule:
        return Rule(reads="place", makes="dot")

    def module_for(self, shape: Vectors) -> TorchCall:
        return TorchCall("nn.Linear", shape.at_each, self.units, bias=self.bias)

    def weights(self, shape: Vectors) -> dict[str, tuple[int, ...]]:
        return {"weight": (self.units, shape.at_each)} | ({"bias": (self.units,)} if self.bias else {})

    def multiply_adds(self, shape: Vectors) -> int:
        return shape.numbers * self.units
