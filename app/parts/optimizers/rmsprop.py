"""RMSprop."""

from typing import ClassVar, Literal

from app.parts.optimizers.optimizer import Optimizer, smallest_divisor, weight_decay
from app.parts.part import setting
from app.parts.torch_call import TorchCall


class RMSprop(Optimizer):
    """Divides every gradient by its usual size, so that steep and flat directions move at the same pace.

    Source: Hinton 2012, lecture 6 of Neural Networks for Machine Learning.
    """

    # Its momentum is left out: PyTorch makes the buffer for it in the first step only, so it could not be set live.
    title: ClassVar[str] = "RMSprop"
    formula: ClassVar[str] = "v ← α · v + (1 − α) · g², w ← w − lr · g / (√v + ε)"
    apart: ClassVar[bool] = True

    kind: Literal["rmsprop"] = "rmsprop"
    alpha: float = setting(
        0.99,
        "Memory α",
        "How long the squares of the gradients are remembered: 0.99 is about a hundred steps.",
        ge=0,
        lt=1,
        step=0.01,
        live=True,
    )
    eps: float = smallest_divisor(1e-8)
    weight_decay: float = weight_decay()

    def call(self) -> TorchCall:
        return TorchCall("optim.RMSprop", lr=self.lr, alpha=self.alpha, eps=self.eps, weight_decay=self.weight_decay)
