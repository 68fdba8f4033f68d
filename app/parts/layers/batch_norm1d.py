"""Normalising over the batch."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Layer
from app.parts.part import setting
from app.parts.shapes import Features
from app.parts.torch_call import TorchCall


class BatchNorm1d(Layer[Features]):
    """Shifts and scales each number to mean 0 and spread 1 over the batch, then by a scale and a shift it learns.

    Use it in deep networks: they learn faster and bear a larger learning rate. It needs more than one sample in every
    batch; small batches make it noisy. Source: Ioffe and Szegedy 2015, arXiv:1502.03167.
    """

    title: ClassVar[str] = "Batch normalisation"
    group: ClassVar[str] = "normalisation"
    formula: ClassVar[str] = "y = γ · (x − mean) / √(variance + ε) + β"
    also: ClassVar[tuple[str, ...]] = ("batchnorm", "batch norm", "bn", "normalization")
    smallest_batch: ClassVar[int] = 2

    kind: Literal["batch_norm1d"] = "batch_norm1d"
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

    def module_for(self, shape: Features) -> TorchCall:
        return TorchCall("nn.BatchNorm1d", shape.size, eps=self.eps, momentum=self.momentum, affine=self.affine)

    def parameters(self, shape: Features) -> int:
        return 2 * shape.size if self.affine else 0
