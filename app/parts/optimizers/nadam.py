"""NAdam."""

from typing import ClassVar, Literal

from app.parts.optimizers.betas import TwoMoments
from app.parts.part import setting
from app.parts.torch_call import TorchCall


class NAdam(TwoMoments):
    """Adam that looks one step ahead, as Nesterov's momentum does: often a little faster at the start.

    Source: Dozat 2016, Incorporating Nesterov Momentum into Adam.
    """

    title: ClassVar[str] = "NAdam"
    formula: ClassVar[str] = "w ← w − lr · (μ′ · m̂ + (1 − μ) · ĝ) / (√v̂ + ε)"
    also: ClassVar[tuple[str, ...]] = ("nesterov",)
    apart: ClassVar[bool] = True

    kind: Literal["nadam"] = "nadam"
    momentum_decay: float = setting(
        0.004, "Momentum decay", "How fast μ climbs to β₁ at the start.", ge=0, le=1, step=0.001, live=True
    )

    def call(self) -> TorchCall:
        return TorchCall("optim.NAdam", **self.options(), momentum_decay=self.momentum_decay)
