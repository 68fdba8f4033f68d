"""AdamW."""

from typing import ClassVar, Literal

from app.parts.optimizers.betas import TwoMoments
from app.parts.optimizers.optimizer import weight_decay
from app.parts.torch_call import TorchCall


class AdamW(TwoMoments):
    """Adam whose weight decay shrinks the weights directly and is not mixed into the gradients.

    Choose it instead of Adam whenever you use weight decay. Source: Loshchilov and Hutter 2017, arXiv:1711.05101.
    """

    title: ClassVar[str] = "AdamW"
    formula: ClassVar[str] = "w ← w − lr · (m̂ / (√v̂ + ε) + λ · w)"

    kind: Literal["adamw"] = "adamw"
    weight_decay: float = weight_decay(0.01)

    def call(self) -> TorchCall:
        return TorchCall("optim.AdamW", **self.options(), fused=True)
