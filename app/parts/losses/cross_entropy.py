"""Cross-entropy over classes."""

from typing import ClassVar, Literal

from app.parts.losses.loss import Encoding, Loss, entropy
from app.parts.part import setting
from app.parts.shapes import Choice, Classes, Mask, Shape, Tags, Tokens
from app.parts.torch_call import TorchCall


class CrossEntropy(Loss):
    """Minus the logarithm of the probability given to the right class: being sure and wrong costs most.

    The usual choice for classes. The network has one output for each class; softmax makes them probabilities.
    """

    title: ClassVar[str] = "Cross-entropy"
    formula: ClassVar[str] = "L = −log p(y)"
    also: ClassVar[tuple[str, ...]] = ("softmax", "negative log likelihood", "nll")
    needs: ClassVar[tuple[type[Shape], ...]] = (Classes, Mask, Tokens, Tags)
    encoding: ClassVar[Encoding] = "class_number"

    kind: Literal["cross_entropy"] = "cross_entropy"
    label_smoothing: float = setting(
        0.0,
        "Label smoothing",
        "Spreads this share of the target evenly over all classes, against too much certainty.",
        ge=0,
        le=0.5,
        step=0.01,
    )

    def module(self) -> TorchCall:
        return TorchCall("nn.CrossEntropyLoss", label_smoothing=self.label_smoothing)

    def floor(self, target: Shape, wrong: float, noise: float) -> float:
        if not isinstance(target, Choice):
            return 0.0
        count, spread = target.count, self.label_smoothing
        shares = [1 - wrong, *[wrong / max(count - 1, 1)] * (count - 1)]
        return entropy((1 - spread) * share + spread / count for share in shares)
