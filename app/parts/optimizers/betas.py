"""What Adam and its kin owe: how long the mean and the square of the gradients are remembered."""

from typing import Any

from app.parts.optimizers.optimizer import Optimizer, smallest_divisor, weight_decay
from app.parts.part import setting


class TwoMoments(Optimizer):
    """An optimizer with a running mean of the gradients (β₁) and one of their squares (β₂)."""

    beta1: float = setting(
        0.9,
        "β₁",
        "How long the mean of the gradients is remembered: 0.9 is about ten steps.",
        ge=0,
        lt=1,
        step=0.01,
        live=True,
    )
    beta2: float = setting(
        0.999,
        "β₂",
        "How long their squares are remembered: 0.999 is about a thousand steps.",
        ge=0,
        lt=1,
        step=0.001,
        live=True,
    )
    eps: float = smallest_divisor(1e-8)
    weight_decay: float = weight_decay()

    def options(self) -> dict[str, Any]:
        """What PyTorch's Adam, AdamW and NAdam all take."""
        betas = (self.beta1, self.beta2)
        return {"lr": self.lr, "betas": betas, "eps": self.eps, "weight_decay": self.weight_decay}
