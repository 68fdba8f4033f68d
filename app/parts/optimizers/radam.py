"""RAdam."""

from typing import ClassVar, Literal

from app.parts.optimizers.betas import TwoMoments
from app.parts.torch_call import TorchCall


class RAdam(TwoMoments):
    """Adam that does not divide by its mean square of the gradients before it has seen enough of them: a warm-up that
    it finds itself.

    The first steps are those of plain momentum. Choose it where Adam is unsteady at the start. Source: Liu et al. 2019,
    arXiv:1908.03265.
    """

    title: ClassVar[str] = "RAdam"
    formula: ClassVar[str] = "w ← w − lr · r · m̂ / (√v̂ + ε)"
    also: ClassVar[tuple[str, ...]] = ("rectified adam",)
    apart: ClassVar[bool] = True

    kind: Literal["radam"] = "radam"

    def call(self) -> TorchCall:
        return TorchCall("optim.RAdam", **self.options(), foreach=True)
