"""The fully connected layer."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Layer
from app.parts.part import setting
from app.parts.shapes import Features
from app.parts.torch_call import TorchCall


class Linear(Layer[Features]):
    """Every neuron adds up all its inputs, each times a weight of its own, plus a bias.

    Use it wherever everything may matter for everything; with an activation behind it, it is the layer of all classic
    networks.
    """

    title: ClassVar[str] = "Linear"
    group: ClassVar[str] = "dense"
    formula: ClassVar[str] = "z = Σ wᵢ·xᵢ + b"
    also: ClassVar[tuple[str, ...]] = ("dense", "fully connected", "fc")
    bends: ClassVar[bool] = False
    sized_by: ClassVar[str] = "units"

    kind: Literal["linear"] = "linear"
    units: int = setting(
        8,
        "Neurons",
        "How many neurons. More can draw finer boundaries, but learn slower and memorise sooner.",
        ge=1,
        le=4096,
    )
    bias: bool = setting(True, "Bias", "A number each neuron adds to its sum; it moves the boundary off the origin.")

    def shape_after(self, shape: Features) -> Features:
        return Features(size=self.units)

    def module_for(self, shape: Features) -> TorchCall:
        return TorchCall("nn.Linear", shape.size, self.units, bias=self.bias)

    def weights(self, shape: Features) -> dict[str, tuple[int, ...]]:
        return {"weight": (self.units, shape.size)} | ({"bias": (self.units,)} if self.bias else {})

    def multiply_adds(self, shape: Features) -> int:
        return shape.size * self.units
