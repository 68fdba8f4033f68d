"""Gradient descent."""

from typing import ClassVar, Literal

from app.parts.optimizers.optimizer import Optimizer, learning_rate, weight_decay
from app.parts.part import setting
from app.parts.problem import Edit, Fix, Problem
from app.parts.torch_call import TorchCall


class Sgd(Optimizer):
    """Gradient descent: every weight goes a small step downhill, against its gradient. The rule all others vary.

    Choose it to see what a learning rate does. It needs a well chosen one; momentum, which keeps part of the last
    step, makes it faster.
    """

    title: ClassVar[str] = "SGD"
    formula: ClassVar[str] = "v ← μ · v + g, w ← w − lr · v"
    also: ClassVar[tuple[str, ...]] = ("gradient descent", "momentum", "nesterov")
    apart: ClassVar[bool] = True

    kind: Literal["sgd"] = "sgd"
    lr: float = learning_rate(0.03)
    momentum: float = setting(
        0.0,
        "Momentum μ",
        "How much of the last step is added to the next, like a ball that rolls on. 0.9 is usual.",
        ge=0,
        lt=1,
        step=0.01,
        live=True,
    )
    nesterov: bool = setting(
        False, "Nesterov", "Looks at the slope where the momentum leads, not where it is now.", live=True
    )
    weight_decay: float = weight_decay()

    def call(self) -> TorchCall:
        return TorchCall(
            "optim.SGD", lr=self.lr, momentum=self.momentum, nesterov=self.nesterov, weight_decay=self.weight_decay
        )

    def check(self) -> None:
        if self.nesterov and self.momentum == 0:
            raise Problem(
                "Nesterov looks ahead along the momentum, but the momentum is 0.",
                place="/nesterov",
                fixes=(
                    Fix("Set momentum to 0.9", edits=(Edit("replace", "/momentum", 0.9),)),
                    Fix("Switch Nesterov off", edits=(Edit("replace", "/nesterov", False),)),
                ),
            )
