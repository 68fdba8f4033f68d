"""Scaling by the size of a sample."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Weighted
from app.parts.layers.layer_norm import together
from app.parts.layers.normalising import norm_step
from app.parts.layers.rule import Rule, stepwise
from app.parts.part import setting
from app.parts.shapes import Sequence, Shape
from app.parts.torch_call import TorchCall


class RmsNorm(Weighted[Shape]):
    """Scales the numbers of each sample so that the mean of their squares is 1, then by a scale it learns.

    Use it in place of layer normalisation: it leaves out the shift, which is quicker and seldom missed.
    Source: Zhang and Sennrich 2019, arXiv:1910.07467.
    """

    title: ClassVar[str] = "RMS normalisation"
    group: ClassVar[str] = "normalisation"
    formula: ClassVar[str] = "y = γ · x / √(mean of x² + ε)"
    also: ClassVar[tuple[str, ...]] = ("rmsnorm", "root mean square", "normalization")

    kind: Literal["rms_norm"] = "rms_norm"
    eps: float = setting(1e-5, "ε", "Keeps the division finite where all numbers are 0.", gt=0, le=0.1, log=True)
    elementwise_affine: bool = setting(True, "Learned scale", "Lets the layer undo the normalising where that helps.")

    def rule(self, shape: Shape) -> Rule:
        whole = not isinstance(shape, Sequence)
        return stepwise(norm_step(shape, self.eps, "rms", learned=self.elementwise_affine, whole=whole))

    def module_for(self, shape: Shape) -> TorchCall:
        sizes = list(together(shape))
        return TorchCall("nn.RMSNorm", sizes, eps=self.eps, elementwise_affine=self.elementwise_affine)

    def weights(self, shape: Shape) -> dict[str, tuple[int, ...]]:
        return {"weight": together(shape)} if self.elementwise_affine else {}
