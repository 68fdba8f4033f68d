"""Neurons that are left out by chance."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Layer
from app.parts.layers.rule import COPY, Rule
from app.parts.part import setting
from app.parts.shapes import Shape
from app.parts.torch_call import TorchCall


class Dropout(Layer[Shape]):
    """While training, sets a random share of the numbers to 0 and scales the rest up; otherwise it does nothing.

    Use it against memorising: no neuron can rely on a single other one. Training gets noisier and takes longer.
    Source: Srivastava et al. 2014, jmlr.org/papers/v15/srivastava14a.html.
    """

    title: ClassVar[str] = "Dropout"
    group: ClassVar[str] = "regularisation"
    formula: ClassVar[str] = "y = x · m / (1 − p), m = 0 with chance p, else 1"
    also: ClassVar[tuple[str, ...]] = ("regularization", "drop")
    bends: ClassVar[bool] = False

    kind: Literal["dropout"] = "dropout"
    p: float = setting(
        0.2, "Share left out", "The chance of each number to be set to 0. 0.5 is a lot.", ge=0, le=0.95, step=0.05
    )

    def rule(self, shape: Shape) -> Rule:
        return COPY

    def module_for(self, shape: Shape) -> TorchCall:
        return TorchCall("nn.Dropout", p=self.p)
