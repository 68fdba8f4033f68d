"""Adam."""

from typing import ClassVar, Literal

from app.parts.optimizers.betas import TwoMoments
from app.parts.torch_call import TorchCall


class Adam(TwoMoments):
    """Gives every weight a step of its own size: the mean of its recent gradients over the root of their mean square.

    The usual first choice: it forgives a learning rate that is not quite right.
    Source: Kingma and Ba 2014, arXiv:1412.6980.
    """

    title: ClassVar[str] = "Adam"
    formula: ClassVar[str] = "w ← w − lr · m̂ / (√v̂ + ε)"

    kind: Literal["adam"] = "adam"

    def call(self) -> TorchCall:
        return TorchCall("optim.Adam", **self.options(), fused=True)
