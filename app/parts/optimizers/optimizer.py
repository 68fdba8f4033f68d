"""What every optimizer owes: a learning rate and one PyTorch call."""

from typing import Any, ClassVar

from app.parts.part import Part, setting
from app.parts.torch_call import TorchCall


def learning_rate(default: float) -> Any:
    """The field `lr`; optimizers differ in what is a good first guess."""
    return setting(
        default,
        "Learning rate",
        "How large a step each update makes. Too small crawls, too large overshoots.",
        gt=0,
        le=100,
        log=True,
        live=True,
    )


def weight_decay(default: float = 0.0) -> Any:
    """The field `weight_decay`."""
    return setting(
        default,
        "Weight decay",
        "Pulls every weight towards 0, against overfitting.",
        ge=0,
        le=10,
        log=True,
        live=True,
    )


def smallest_divisor(default: float) -> Any:
    """The field `eps` of those that divide by what they remember of the gradients."""
    return setting(
        default,
        "ε",
        "Added to what is divided by, so that tiny gradients make no huge steps. Seldom changed.",
        gt=0,
        le=1,
        log=True,
        live=True,
    )


class Optimizer(Part):
    """The rule that turns gradients into new weights. Every field but `kind` may be set while training."""

    family: ClassVar[str] = "optimizers"
    carried: ClassVar[tuple[str, ...]] = ("lr", "weight_decay")
    closure: ClassVar[bool] = False  # whether one step asks for loss and gradients again and again
    whole_batch: ClassVar[bool] = False  # whether it compares gradients of different steps, which batches make chance
    own_rate: ClassVar[bool] = False  # whether its learning rate means something else than that of the others
    # Whether it moves each number by its own gradient, and rounds it the same wherever it stands (fused Adam does not).
    apart: ClassVar[bool] = False
    flattens: ClassVar[bool] = False  # whether it walks through a filter as one row, in PyTorch's usual order
    kind: str
    lr: float = learning_rate(0.01)

    def call(self) -> TorchCall:
        """The PyTorch call without its parameters: training puts the network's in front.

        Its options are PyTorch's own names, so a live change is the options of the changed optimizer, put into the
        parameter groups. `fused` is asked for where it was measured to be faster on a 2-8-8-1 network, one thread,
        torch 2.13: Adam 160 against 246 µs a whole step, AdamW 169 against 262, Adagrad 175 against 193; SGD gains
        nothing, the others have none. Of those, `foreach` is asked for where many numbers gain by it: RAdam on
        64-1024-1024-10, 13.7 against 17.2 ms.
        """
        raise NotImplementedError

    def check(self) -> None:
        """Raises `Problem` where settings that are each in range do not fit together."""
