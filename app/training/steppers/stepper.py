"""What every stepper promises: chunks of steps, and all of its state in tensors and plain values."""

from dataclasses import dataclass, field
from typing import Any, Protocol

from torch import Tensor

from app.parts.datasets.prepared import Array


@dataclass(frozen=True)
class Chunk:
    """What came of a chunk: one number per step that was begun. `broke` says that the last loss is not finite:
    that step was not finished, and the weights are those before it."""

    losses: Array  # (n,) float64, mean loss of each batch before its update
    epochs: Array  # (n,) float64, samples seen after each step / training samples
    rates: Array  # (n,) float64, learning rate of each step
    samples: int
    broke: bool
    layers: dict[str, dict[str, float]] = field(
        default_factory=dict[str, dict[str, float]]
    )  # of the last step, if observed


class Stepper(Protocol):
    """Trains one network. `step` counts the updates made."""

    step: int
    samples_seen: int

    @property
    def epoch(self) -> float:
        """Samples seen / training samples."""
        ...

    def steps_to_epoch_end(self) -> int:
        """How many steps until the pass that has begun (or begins now) is over."""
        ...

    def advance(self, count: int, observe: bool = False) -> Chunk:
        """Takes `count` steps, fewer where a loss is not finite; `observe` measures the updates of the last."""
        ...

    def outputs(self, inputs: Tensor) -> Tensor:
        """What the network answers, in `eval` mode, without gradients: (n, ...) -> (n, outputs)."""
        ...

    def state(self) -> tuple[dict[str, Tensor], dict[str, Any]]:
        """Everything that `restore` needs to go on as if nothing had happened."""
        ...

    def restore(self, tensors: dict[str, Tensor], values: dict[str, Any]) -> None:
        """Goes on from a `state`."""
        ...
