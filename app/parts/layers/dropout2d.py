"""Channels that are left out by chance."""

from typing import ClassVar, Literal

from app.parts.layers.layer import Layer, Twin
from app.parts.layers.rule import COPY, Rule
from app.parts.part import setting
from app.parts.shapes import Image, Shape
from app.parts.torch_call import TorchCall


class Dropout2d(Layer[Image]):
    """While training, sets a random share of the channels to 0 as a whole; otherwise it does nothing.

    Use it behind convolutions against memorising: neighbouring pixels are so alike that leaving out single ones changes
    little. Source: Tompson et al. 2015, arXiv:1411.4280.
    """

    title: ClassVar[str] = "Dropout 2-D"
    group: ClassVar[str] = "regularisation"
    formula: ClassVar[str] = "y[c] = x[c] · m / (1 − p), m = 0 with chance p, else 1"
    also: ClassVar[tuple[str, ...]] = ("spatial dropout", "channel dropout", "regularization")
    bends: ClassVar[bool] = False
    twin: ClassVar[Twin | None] = Twin("dropout", "Dropout", Shape)

    kind: Literal["dropout2d"] = "dropout2d"
    p: float = setting(
        0.2, "Share left out", "The chance of each channel to be set to 0. 0.5 is a lot.", ge=0, le=0.95, step=0.05
    )

    def rule(self, shape: Image) -> Rule:
        return COPY

    def module_for(self, shape: Image) -> TorchCall:
        return TorchCall("nn.Dropout2d", p=self.p)
