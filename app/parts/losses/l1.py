"""Mean absolute error."""

from typing import ClassVar, Literal

from app.parts.losses.loss import Encoding, Loss
from app.parts.torch_call import TorchCall


class L1(Loss):
    """The size of the difference: a few samples that are far off pull no harder than the others.

    Choose it when some targets are wrong by far. It aims at the middle value, mean squared error at the mean.
    """

    title: ClassVar[str] = "Mean absolute error"
    formula: ClassVar[str] = "L = |y − ŷ|"
    also: ClassVar[tuple[str, ...]] = ("mae", "l1", "laplace")
    tasks: ClassVar[tuple[str, ...]] = ("regression",)
    encoding: ClassVar[Encoding] = "numbers"

    kind: Literal["l1"] = "l1"

    def module(self) -> TorchCall:
        return TorchCall("nn.L1Loss")
