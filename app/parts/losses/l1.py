"""Mean absolute error."""

from math import pi
from typing import ClassVar, Literal

from app.parts.losses.loss import Encoding, Loss
from app.parts.shapes import Features, Image, Sequence, Series, Shape
from app.parts.torch_call import TorchCall


class L1(Loss):
    """The size of the difference: a few samples that are far off pull no harder than the others.

    Choose it when some targets are wrong by far. It aims at the middle value, mean squared error at the mean.
    """

    title: ClassVar[str] = "Mean absolute error"
    formula: ClassVar[str] = "L = |y − ŷ|"
    also: ClassVar[tuple[str, ...]] = ("mae", "l1", "laplace")
    needs: ClassVar[tuple[type[Shape], ...]] = (Features, Image, Series, Sequence)
    encoding: ClassVar[Encoding] = "numbers"

    kind: Literal["l1"] = "l1"

    def module(self) -> TorchCall:
        return TorchCall("nn.L1Loss")

    def floor(self, target: Shape, wrong: float, noise: float) -> float:
        return noise * (2 / pi) ** 0.5  # the mean distance of a normal distribution from its middle
