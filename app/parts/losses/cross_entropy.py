"""Cross-entropy over classes."""

from typing import ClassVar, Literal

from app.parts.losses.loss import Encoding, Loss
from app.parts.part import setting
from app.parts.torch_call import TorchCall


class CrossEntropy(Loss):
    """Minus the logarithm of the probability given to the right class: being sure and wrong costs most.

    The usual choice for classes. The network has one output for each class; softmax makes them probabilities.
    """

    title: ClassVar[str] = "Cross-entropy"
    formula: ClassVar[str] = "L = −log p(y)"
    also: ClassVar[tuple[str, ...]] = ("softmax", "negative log likelihood", "nll")
    tasks: ClassVar[tuple[str, ...]] = ("classification", "segmentation")
    encoding: ClassVar[Encoding] = "class_number"

    kind: Literal["cross_entropy"] = "cross_entropy"
    label_smoothing: float = setting(
        0.0,
        "Label smoothing",
        "Gives this share of the target to the other classes, against too much certainty.",
        ge=0,
        le=0.5,
        step=0.01,
    )

    def module(self) -> TorchCall:
        return TorchCall("nn.CrossEntropyLoss", label_smoothing=self.label_smoothing)
