"""Every weight starts at the same number."""

from typing import ClassVar, Literal

from app.parts.initializers.initializer import Initializer
from app.parts.part import setting
from app.parts.torch_call import TorchCall


class Constant(Initializer):
    """Every weight starts at the same number.

    Use it to see why chance is needed: all neurons of a layer answer the same, get the same gradient and stay the same.
    """

    title: ClassVar[str] = "Constant"
    formula: ClassVar[str] = "w = c"

    kind: Literal["constant"] = "constant"
    val: float = setting(0.1, "Value", "The number every weight starts at.", ge=-10, le=10, step=0.05)

    def call(self) -> TorchCall:
        return TorchCall("nn.init.constant_", self.val)
