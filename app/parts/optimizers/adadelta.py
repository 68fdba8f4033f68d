"""Adadelta."""

from typing import ClassVar, Literal

from app.parts.optimizers.optimizer import Optimizer, learning_rate, smallest_divisor, weight_decay
from app.parts.part import setting
from app.parts.torch_call import TorchCall


class Adadelta(Optimizer):
    """Finds the length of its steps by itself: as long as the recent steps were, in proportion to the gradients.

    Its learning rate is a factor on that, and 1 is the natural choice. It starts slowly. Source: Zeiler 2012,
    arXiv:1212.5701.
    """

    title: ClassVar[str] = "Adadelta"
    formula: ClassVar[str] = "v ← ρ · v + (1 − ρ) · g², d = g · √(u + ε) / √(v + ε), w ← w − lr · d"
    own_rate: ClassVar[bool] = True
    carried: ClassVar[tuple[str, ...]] = ("weight_decay",)
    apart: ClassVar[bool] = True

    kind: Literal["adadelta"] = "adadelta"
    lr: float = learning_rate(1.0)
    rho: float = setting(
        0.9,
        "Memory ρ",
        "How long the squares of gradients and steps are remembered: 0.9 is about ten steps.",
        ge=0,
        lt=1,
        step=0.01,
        live=True,
    )
    eps: float = smallest_divisor(1e-6)
    weight_decay: float = weight_decay()

    def call(self) -> TorchCall:
        return TorchCall("optim.Adadelta", lr=self.lr, rho=self.rho, eps=self.eps, weight_decay=self.weight_decay)
