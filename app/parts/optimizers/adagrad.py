"""Adagrad."""

from typing import ClassVar, Literal

from app.parts.optimizers.optimizer import Optimizer, learning_rate, smallest_divisor, weight_decay
from app.parts.part import setting
from app.parts.torch_call import TorchCall


class Adagrad(Optimizer):
    """Weights that have moved much move less and less: quick at the start, and in time it all but comes to rest.

    It suits inputs that are seldom other than 0. Source: Duchi, Hazan and Singer 2011, JMLR 12.
    """

    title: ClassVar[str] = "Adagrad"
    formula: ClassVar[str] = "v ← v + g², w ← w − lr · g / (√v + ε)"
    apart: ClassVar[bool] = True

    kind: Literal["adagrad"] = "adagrad"
    lr: float = learning_rate(0.1)
    lr_decay: float = setting(
        0.0, "Rate decay", "Divides the learning rate by 1 + this × steps.", ge=0, le=1, log=True, live=True
    )
    eps: float = smallest_divisor(1e-10)
    weight_decay: float = weight_decay()

    def call(self) -> TorchCall:
        return TorchCall(
            "optim.Adagrad",
            lr=self.lr,
            lr_decay=self.lr_decay,
            eps=self.eps,
            weight_decay=self.weight_decay,
            fused=True,
        )
