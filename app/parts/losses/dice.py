"""Dice loss."""

from typing import ClassVar, Literal

from app.parts.losses.loss import Encoding, Loss
from app.parts.part import setting
from app.parts.problem import Problem
from app.parts.shapes import Mask, Shape
from app.parts.torch_call import TorchCall


class Dice(Loss):
    """Compares areas, not pixels: how much of what is said to be a class lies over what is one, each class alike.

    Choose it for masks with small things on a large background, which cross-entropy likes to overlook. 0 is a perfect
    match. Source: Milletari, Navab and Ahmadi 2016, arXiv:1606.04797.
    """

    title: ClassVar[str] = "Dice"
    formula: ClassVar[str] = "L = 1 − (2 · Σ p · y + s) / (Σ p² + Σ y² + s)"
    also: ClassVar[tuple[str, ...]] = ("overlap", "f1", "sørensen", "iou", "v-net")
    needs: ClassVar[tuple[type[Shape], ...]] = (Mask,)
    encoding: ClassVar[Encoding] = "class_number"

    kind: Literal["dice"] = "dice"
    smooth: float = setting(
        1.0,
        "Smoothing s",
        "So many pixels are taken to be right from the start: a class that neither is there nor is said to be costs"
        " nothing.",
        gt=0,
        le=100,
        log=True,
    )

    def module(self) -> TorchCall:
        return TorchCall("modules.Dice", smooth=self.smooth)

    def check(self, target: Shape) -> None:
        if not isinstance(target, self.needs):
            raise Problem(
                "Dice compares areas of pixels, so it needs a mask to learn, and here {target} is to be learned.",
                target=target.noun,
            )
