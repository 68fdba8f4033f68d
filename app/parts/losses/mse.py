"""Mean squared error."""

from typing import ClassVar, Literal

from app.parts.losses.loss import Encoding, Loss
from app.parts.shapes import Features, Image, Sequence, Series, Shape
from app.parts.torch_call import TorchCall


class Mse(Loss):
    """The square of the difference: twice as far off costs four times as much.

    The usual choice for numbers. Where a few targets are far off, Huber or the absolute error is calmer.
    """

    title: ClassVar[str] = "Mean squared error"
    formula: ClassVar[str] = "L = (y − ŷ)²"
    also: ClassVar[tuple[str, ...]] = ("mse", "l2")
    needs: ClassVar[tuple[type[Shape], ...]] = (Features, Image, Series, Sequence)
    encoding: ClassVar[Encoding] = "numbers"

    kind: Literal["mse"] = "mse"

    def module(self) -> TorchCall:
        return TorchCall("nn.MSELoss")

    def floor(self, target: Shape, wrong: float, noise: float) -> float:
        return noise**2
