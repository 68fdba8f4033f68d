"""Adafactor."""

from typing import ClassVar, Literal

from app.parts.optimizers.optimizer import Optimizer, weight_decay
from app.parts.part import setting
from app.parts.torch_call import TorchCall


class Adafactor(Optimizer):
    """Remembers of each matrix of weights only one number for each row and column, where Adam remembers two for each
    weight.

    Made for networks that hardly fit into memory. Its steps are shares of the weights' own size.
    Source: Shazeer and Stern 2018, arXiv:1804.04235.
    """

    title: ClassVar[str] = "Adafactor"
    formula: ClassVar[str] = "v̂ = r · c / r̄, w ← w − min(lr, 1/√t) · max(ε, |w|) · g / √v̂"
    also: ClassVar[tuple[str, ...]] = ("factored", "memory")

    kind: Literal["adafactor"] = "adafactor"
    beta2_decay: float = setting(
        -0.8,
        "Forgetting c",
        "At step t the newest gradients count for tᶜ of what is remembered: −1 remembers all alike, 0 nothing old.",
        ge=-1,
        le=0,
        step=0.05,
        live=True,
    )
    eps: float = setting(
        1e-3,
        "Smallest size ε",
        "Weights that are smaller on average move as if they were this large, so that zeros can leave 0.",
        gt=0,
        le=1,
        log=True,
        live=True,
    )
    d: float = setting(
        1.0, "Clipping d", "A step that is more than this times the usual one is shortened.", ge=1, le=10, live=True
    )
    weight_decay: float = weight_decay()

    def call(self) -> TorchCall:
        return TorchCall(
            "optim.Adafactor",
            lr=self.lr,
            beta2_decay=self.beta2_decay,
            eps=(None, self.eps),  # the first is what PyTorch divides by at least: the smallest there is
            d=self.d,
            weight_decay=self.weight_decay,
        )
