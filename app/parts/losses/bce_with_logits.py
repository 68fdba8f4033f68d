"""Binary cross-entropy."""

from typing import ClassVar, Literal

from app.parts.losses.loss import Encoding, Loss, entropy
from app.parts.shapes import Choice, Classes, Mask, Shape
from app.parts.torch_call import TorchCall


class BceWithLogits(Loss):
    """Asks "this class, or not?" with one output for two classes, or one for each of several.

    For two classes it is cross-entropy with a single output.
    For more, each class is judged alone and probabilities need not add up to 100 %: cross-entropy fits better there.
    """

    title: ClassVar[str] = "Binary cross-entropy"
    formula: ClassVar[str] = "L = −y · log σ(z) − (1 − y) · log(1 − σ(z))"
    also: ClassVar[tuple[str, ...]] = ("bce", "log loss", "logistic", "sigmoid")
    needs: ClassVar[tuple[type[Shape], ...]] = (Classes, Mask)
    encoding: ClassVar[Encoding] = "zero_one"

    kind: Literal["bce_with_logits"] = "bce_with_logits"

    def module(self) -> TorchCall:
        return TorchCall("nn.BCEWithLogitsLoss")

    def floor(self, target: Shape, wrong: float, noise: float) -> float:
        if not isinstance(target, Choice):
            return 0.0
        if target.count == 2:
            return entropy((wrong, 1 - wrong))
        other = wrong / (target.count - 1)  # of the labels of each class are wrongly any one of the others
        right = entropy((wrong, 1 - wrong))
        return (right + (target.count - 1) * entropy((other, 1 - other))) / target.count
