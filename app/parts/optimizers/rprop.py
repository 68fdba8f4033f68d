"""Rprop."""

from typing import ClassVar, Literal

from app.parts.optimizers.optimizer import Optimizer
from app.parts.part import setting
from app.parts.problem import Edit, Fix, Problem
from app.parts.torch_call import TorchCall


class Rprop(Optimizer):
    """Looks only at the sign of each gradient: a weight's step grows while the sign stays, and shrinks when it flips.

    The learning rate is every weight's first step; changing it later changes all steps alike. It needs one batch of all
    samples: in small batches the signs are chance. Source: Riedmiller and Braun 1993, doi:10.1109/ICNN.1993.298623.
    """

    title: ClassVar[str] = "Rprop"
    formula: ClassVar[str] = "Δ ← η⁺ · Δ (same sign), η⁻ · Δ (flipped), w ← w − Δ · sgn(g)"
    also: ClassVar[tuple[str, ...]] = ("resilient", "backpropagation", "sign")
    whole_batch: ClassVar[bool] = True
    apart: ClassVar[bool] = True

    kind: Literal["rprop"] = "rprop"
    eta_minus: float = setting(
        0.5, "Shrinks by η⁻", "What a step is multiplied by when the sign flips.", gt=0, lt=1, step=0.05, live=True
    )
    eta_plus: float = setting(
        1.2, "Grows by η⁺", "What a step is multiplied by while the sign stays.", gt=1, le=2, step=0.05, live=True
    )
    smallest: float = setting(1e-6, "Smallest step", "No step becomes shorter.", gt=0, le=1, log=True, live=True)
    largest: float = setting(50.0, "Largest step", "No step becomes longer.", gt=0, le=100, log=True, live=True)

    def call(self) -> TorchCall:
        return TorchCall(
            "modules.Rprop",
            lr=self.lr,
            etas=(self.eta_minus, self.eta_plus),
            step_sizes=(self.smallest, self.largest),
        )

    def check(self) -> None:
        if self.smallest > self.largest:
            raise Problem(
                "The smallest step, {smallest}, is larger than the largest, {largest}.",
                place="/smallest",
                smallest=self.smallest,
                largest=self.largest,
                fixes=(
                    Fix(
                        "Swap them",
                        edits=(Edit("replace", "/smallest", self.largest), Edit("replace", "/largest", self.smallest)),
                    ),
                ),
            )
