"""Adamax."""

from typing import ClassVar, Literal

from app.parts.optimizers.betas import TwoMoments
from app.parts.torch_call import TorchCall


class Adamax(TwoMoments):
    """Adam that divides by the largest of the recent gradients, not by a mean of their squares: steadier when a few are
    huge.

    No weight ever moves by much more than the learning rate. Source: Kingma and Ba 2014, arXiv:1412.6980, section 7.
    """

    title: ClassVar[str] = "Adamax"
    formula: ClassVar[str] = "u ← max(β₂ · u, |g| + ε), w ← w − lr · m̂ / u"
    also: ClassVar[tuple[str, ...]] = ("infinity norm",)
    apart: ClassVar[bool] = True

    kind: Literal["adamax"] = "adamax"

    def call(self) -> TorchCall:
        return TorchCall("optim.Adamax", **self.options())
