"""Muon."""

from typing import ClassVar, Literal

from app.parts.optimizers.optimizer import Optimizer, smallest_divisor, weight_decay
from app.parts.part import setting
from app.parts.torch_call import TorchCall


class Muon(Optimizer):
    """Turns the step of each weight matrix so that it moves equally far in all directions, also in those that seldom
    get a gradient.

    Matrices go by Muon; a filter of a convolution counts as one row of a matrix. Biases and all else that is no matrix
    goes by AdamW, with the same learning rate. Source: Jordan et al. 2024, kellerjordan.github.io/posts/muon; scaled as
    in Liu et al. 2025, arXiv:2502.16982.
    """

    title: ClassVar[str] = "Muon"
    formula: ClassVar[str] = "M ← μ · M + (1 − μ) · G = U S Vᵀ, W ← W − lr · 0.2 · √max(n, m) · U Vᵀ"
    also: ClassVar[tuple[str, ...]] = ("orthogonal", "newton-schulz", "matrices")
    flattens: ClassVar[bool] = True

    kind: Literal["muon"] = "muon"
    momentum: float = setting(
        0.95, "Momentum μ", "How long the gradients of matrices are remembered.", ge=0, lt=1, step=0.01, live=True
    )
    nesterov: bool = setting(
        True, "Nesterov", "Looks at the slope where the momentum leads, not where it is now.", live=True
    )
    ns_steps: int = setting(
        5,
        "Rounds",
        "How often a step is brought nearer to equal lengths in all directions. Each round costs three products of"
        " matrices.",
        ge=1,
        le=10,
        live=True,
    )
    weight_decay: float = weight_decay(0.01)
    beta1: float = setting(
        0.9, "β₁ of AdamW", "How long the mean of the other gradients is remembered.", ge=0, lt=1, step=0.01, live=True
    )
    beta2: float = setting(
        0.999, "β₂ of AdamW", "How long their squares are remembered.", ge=0, lt=1, step=0.001, live=True
    )
    eps: float = smallest_divisor(1e-8)

    def call(self) -> TorchCall:
        return TorchCall(
            "modules.Muon",
            lr=self.lr,
            momentum=self.momentum,
            nesterov=self.nesterov,
            ns_steps=self.ns_steps,
            weight_decay=self.weight_decay,
            betas=(self.beta1, self.beta2),
            eps=self.eps,
        )
