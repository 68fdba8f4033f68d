"""Hinge loss."""

from typing import ClassVar, Literal

from app.parts.losses.loss import Encoding, Loss
from app.parts.part import setting
from app.parts.shapes import Classes, Shape
from app.parts.torch_call import TorchCall


class Hinge(Loss):
    """Costs nothing once a sample is on the right side with room to spare, so only the others count: near the boundary
    or beyond it.

    The loss of support vector machines. Its outputs are no probabilities: choose cross-entropy where those matter.
    """

    title: ClassVar[str] = "Hinge"
    formula: ClassVar[str] = "L = max(0, m − y · z), y = ±1"
    also: ClassVar[tuple[str, ...]] = ("svm", "margin", "support vector")
    needs: ClassVar[tuple[type[Shape], ...]] = (Classes,)
    encoding: ClassVar[Encoding] = "signs"

    kind: Literal["hinge"] = "hinge"
    margin: float = setting(
        1.0, "Margin m", "How far on the right side an output must be to cost nothing.", gt=0, le=10, step=0.1
    )

    def module(self) -> TorchCall:
        return TorchCall("modules.Hinge", margin=self.margin)
