"""Normalising over the numbers of a sample."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Weighted
from app.parts.layers.normalising import norm_step
from app.parts.layers.rule import Rule, stepwise
from app.parts.part import setting
from app.parts.shapes import Sequence, Shape
from app.parts.torch_call import TorchCall


class LayerNorm(Weighted[Shape]):
    """Shifts and scales the numbers of each sample to mean 0 and spread 1, then by a scale and a shift it learns.

    Use it in deep networks where batches are small: unlike batch normalisation, it looks at one sample at a time.
    Source: Ba et al. 2016, arXiv:1607.06450.
    """

    title: ClassVar[str] = "Layer normalisation"
    group: ClassVar[str] = "normalisation"
    formula: ClassVar[str] = "y = γ · (x − mean) / √(variance + ε) + β"
    also: ClassVar[tuple[str, ...]] = ("layernorm", "ln", "normalization")

    kind: Literal["layer_norm"] = "layer_norm"
    eps: float = setting(1e-5, "ε", "Keeps the division finite where all numbers are equal.", gt=0, le=0.1, log=True)
    elementwise_affine: bool = setting(
        True, "Learned scale and shift", "Lets the layer undo the normalising where that helps."
    )

    def rule(self, shape: Shape) -> Rule:
        whole = not isinstance(shape, Sequence)
        return stepwise(norm_step(shape, self.eps, learned=self.elementwise_affine, whole=whole))

    def module_for(self, shape: Shape) -> TorchCall:
        return TorchCall(
            "nn.LayerNorm", list(together(shape)), eps=self.eps, elementwise_affine=self.elementwise_affine
        )

    def weights(self, shape: Shape) -> dict[str, tuple[int, ...]]:
        sizes = together(shape)
        return {"weight": sizes, "bias": sizes} if self.elementwise_affine else {}


def together(shape: Shape) -> tuple[int, ...]:
    """The sizes of what has one mean and spread: a whole sample, or of a sequence each place by itself."""
    return (shape.width,) if isinstance(shape, Sequence) else shape.sizes
