"""Focal loss."""

from typing import ClassVar, Literal

from app.parts.losses.loss import Encoding, Loss
from app.parts.part import setting
from app.parts.shapes import Classes, Mask, Shape
from app.parts.torch_call import TorchCall


class Focal(Loss):
    """Cross-entropy that forgets what is already answered well, so that the few hard samples are heard.

    Choose it where one class is rare, above all in masks that are mostly background. With γ = 0 and no α it is
    cross-entropy. Source: Lin et al. 2017, arXiv:1708.02002.
    """

    title: ClassVar[str] = "Focal"
    formula: ClassVar[str] = "L = −α · (1 − p(y))^γ · log p(y)"
    also: ClassVar[tuple[str, ...]] = ("imbalance", "retinanet", "hard examples")
    needs: ClassVar[tuple[type[Shape], ...]] = (Classes, Mask)
    encoding: ClassVar[Encoding] = "class_number"

    kind: Literal["focal"] = "focal"
    gamma: float = setting(
        2.0, "Focus γ", "How fast a sample is forgotten as its answer gets surer. 0 forgets none.", ge=0, le=5, step=0.1
    )
    alpha: float | None = setting(
        None,
        "Balance α",
        "Weight of all classes but the first, which counts 1 − α: more than a half where the first class, often the"
        " background, is the most frequent. Without it, all count alike.",
        gt=0,
        lt=1,
        step=0.05,
        start=0.75,
    )

    def module(self) -> TorchCall:
        return TorchCall("modules.Focal", gamma=self.gamma, alpha=self.alpha)
