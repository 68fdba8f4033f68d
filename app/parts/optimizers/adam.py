"""Adam."""

from typing import ClassVar, Literal

from app.parts.optimizers.optimizer import Optimizer
from app.parts.part import setting
from app.parts.torch_call import TorchCall


class Adam(Optimizer):
    """Gives every weight a step of its own size from the mean and the spread of its recent gradients.

    Source: Kingma and Ba 2014, arXiv:1412.6980.
    """

    title: ClassVar[str] = "Adam"
    formula: ClassVar[str] = "w ← w − lr · m̂ / (√v̂ + ε)"

    kind: Literal["adam"] = "adam"
    beta1: float = setting(
        0.9, "β₁", "How long the mean of the gradients is remembered.", ge=0, lt=1, step=0.01, live=True
    )
    beta2: float = setting(0.999, "β₂", "How long their squares are remembered.", ge=0, lt=1, step=0.001, live=True)
    weight_decay: float = setting(
        0.0, "Weight decay", "Pulls every weight towards 0.", ge=0, le=10, log=True, live=True
    )

    def call(self) -> TorchCall:
        betas = (self.beta1, self.beta2)
        return TorchCall("optim.Adam", lr=self.lr, betas=betas, weight_decay=self.weight_decay, fused=True)
