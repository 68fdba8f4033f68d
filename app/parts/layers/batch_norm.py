"""What batch normalisation is for lists of numbers, series and pictures alike."""

from math import prod
from typing import ClassVar, TypeVar

from app.parts.layers.layer import Weighted
from app.parts.layers.rule import FUNCTION, Rule
from app.parts.part import setting
from app.parts.shapes import Shape
from app.parts.torch_call import TorchCall

Taken = TypeVar("Taken", bound=Shape)


class BatchNorm(Weighted[Taken]):
    """Normalises each neuron or channel over the batch. A subclass is named as PyTorch's."""

    group: ClassVar[str] = "normalisation"
    formula: ClassVar[str] = "y = γ · (x − mean) / √(variance + ε) + β"
    also: ClassVar[tuple[str, ...]] = ("batchnorm", "batch norm", "bn", "normalization")
    bends: ClassVar[bool] = False

    momentum: float = setting(
        0.1,
        "Momentum",
        "How quickly the remembered mean and spread, used when not training, follow the newest batch.",
        gt=0,
        le=1,
        step=0.01,
    )
    eps: float = setting(1e-5, "ε", "Keeps the division finite where a number hardly changes.", gt=0, le=0.1, log=True)
    affine: bool = setting(True, "Learned scale and shift", "Lets the layer undo the normalising where that helps.")

    def rule(self, shape: Taken) -> Rule:
        return FUNCTION

    def module_for(self, shape: Taken) -> TorchCall:
        name = f"nn.{type(self).__name__}"
        return TorchCall(name, shape.sizes[0], eps=self.eps, momentum=self.momentum, affine=self.affine)

    def weights(self, shape: Taken) -> dict[str, tuple[int, ...]]:
        return {"weight": shape.sizes[:1], "bias": shape.sizes[:1]} if self.affine else {}

    def smallest_batch(self, shape: Taken) -> int:
        return 2 if prod(shape.sizes[1:]) == 1 else 1  # many pixels are something to compare
