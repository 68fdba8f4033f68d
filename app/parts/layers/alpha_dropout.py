"""Dropout that keeps mean and spread."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Layer
from app.parts.layers.rule import COPY, Rule
from app.parts.part import setting
from app.parts.shapes import Shape
from app.parts.torch_call import TorchCall


class AlphaDropout(Layer[Shape]):
    """While training, puts the lowest value of SELU in place of a random share of the numbers, then scales and shifts
    all.

    Otherwise it does nothing. Use it behind SELU in place of dropout: mean and spread stay as they were, so that the
    layers keep normalising themselves. Source: Klambauer et al. 2017, arXiv:1706.02515.
    """

    title: ClassVar[str] = "Alpha dropout"
    group: ClassVar[str] = "regularisation"
    formula: ClassVar[str] = "y = a · (x · m + α′ · (1 − m)) + b, m = 0 with chance p, else 1"
    also: ClassVar[tuple[str, ...]] = ("selu dropout", "regularization")
    bends: ClassVar[bool] = False

    kind: Literal["alpha_dropout"] = "alpha_dropout"
    p: float = setting(
        0.1, "Share left out", "The chance of each number to be left out. 0.5 is a lot.", ge=0, le=0.95, step=0.05
    )

    def rule(self, shape: Shape) -> Rule:
        return COPY

    def module_for(self, shape: Shape) -> TorchCall:
        return TorchCall("nn.AlphaDropout", p=self.p)
