"""Huber loss."""

from typing import ClassVar, Literal

from app.parts.losses.loss import Encoding, Loss
from app.parts.part import setting
from app.parts.shapes import Features, Image, Sequence, Series, Shape
from app.parts.torch_call import TorchCall


class Huber(Loss):
    """Squared for small differences, straight for large ones: smooth near the goal, calm about samples far off.

    Source: Huber 1964, Robust Estimation of a Location Parameter.
    """

    title: ClassVar[str] = "Huber"
    formula: ClassVar[str] = "L = d² / 2 (d ≤ δ), δ · (d − δ / 2) (d > δ), d = |y − ŷ|"
    also: ClassVar[tuple[str, ...]] = ("smooth l1", "robust")
    needs: ClassVar[tuple[type[Shape], ...]] = (Features, Image, Series, Sequence)
    encoding: ClassVar[Encoding] = "numbers"

    kind: Literal["huber"] = "huber"
    delta: float = setting(
        1.0, "Bend δ", "Differences larger than this count in proportion, not squared.", gt=0, le=100, log=True
    )

    def module(self) -> TorchCall:
        return TorchCall("nn.HuberLoss", delta=self.delta)
