"""What instance normalisation is for series and pictures alike."""

from math import prod
from typing import ClassVar, TypeVar

from app.parts.layers.layer import Weighted
from app.parts.layers.normalising import norm_step
from app.parts.layers.rule import Rule, stepwise
from app.parts.part import setting
from app.parts.problem import Edit, Fix, Problem
from app.parts.shapes import Channelled
from app.parts.torch_call import TorchCall

Taken = TypeVar("Taken", bound=Channelled)


class InstanceNorm(Weighted[Taken]):
    """Normalises each channel of each sample by itself. A subclass is named as PyTorch's."""

    group: ClassVar[str] = "normalisation"
    formula: ClassVar[str] = "y = γ · (x − mean) / √(variance + ε) + β"
    also: ClassVar[tuple[str, ...]] = ("instancenorm", "instance norm", "contrast", "normalization")

    eps: float = setting(1e-5, "ε", "Keeps the division finite where all numbers are equal.", gt=0, le=0.1, log=True)
    affine: bool = setting(False, "Learned scale and shift", "Lets the layer undo the normalising where that helps.")

    def shape_after(self, shape: Taken) -> Taken:
        if prod(shape.sides) == 1:
            raise Problem(
                "Each channel is a single number here, which normalising would always turn into 0.",
                fixes=(Fix("Remove it", edits=(Edit("remove", ""),)),),
            )
        return shape

    def rule(self, shape: Taken) -> Rule:
        return stepwise(norm_step(shape, self.eps, learned=self.affine, groups=shape.channels, whole=True))

    def module_for(self, shape: Taken) -> TorchCall:
        return TorchCall(f"nn.{type(self).__name__}", shape.channels, eps=self.eps, affine=self.affine)

    def weights(self, shape: Taken) -> dict[str, tuple[int, ...]]:
        return {"weight": shape.sizes[:1], "bias": shape.sizes[:1]} if self.affine else {}
