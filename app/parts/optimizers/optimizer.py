"""What every optimizer owes: a learning rate and one PyTorch call."""

from typing import ClassVar

from app.parts.part import Part, setting
from app.parts.torch_call import TorchCall


class Optimizer(Part):
    """The rule that turns gradients into new weights. Every field but `kind` may be set while training."""

    family: ClassVar[str] = "optimizers"
    kind: str
    lr: float = setting(
        0.01,
        "Learning rate",
        "How large a step each update makes. Too small crawls, too large overshoots.",
        gt=0,
        le=100,
        log=True,
        live=True,
    )

    def call(self) -> TorchCall:
        """The PyTorch call without its parameters: training puts the network's in front."""
        raise NotImplementedError
