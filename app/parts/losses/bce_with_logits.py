"""Binary cross-entropy."""

from typing import ClassVar, Literal

from app.parts.losses.loss import Encoding, Loss
from app.parts.torch_call import TorchCall


class BceWithLogits(Loss):
    """Asks "this class, or not?" with one output for two classes, or one for each of several.

    For two classes it is cross-entropy with a single output.
    For more, each class is judged alone and probabilities need not add up to 100 %: cross-entropy fits better there.
    """

    title: ClassVar[str] = "Binary cross-entropy"
    formula: ClassVar[str] = "L = −y · log σ(z) − (1 − y) · log(1 − σ(z))"
    also: ClassVar[tuple[str, ...]] = ("bce", "log loss", "logistic", "sigmoid")
    tasks: ClassVar[tuple[str, ...]] = ("classification", "segmentation")
    encoding: ClassVar[Encoding] = "zero_one"

    kind: Literal["bce_with_logits"] = "bce_with_logits"

    def module(self) -> TorchCall:
        return TorchCall("nn.BCEWithLogitsLoss")
