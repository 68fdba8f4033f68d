"""What every stepper promises: chunks of steps, and all of its state in tensors and plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from torch import Tensor

from app.experiment.experiment import Experiment
from app.parts.datasets.prepared import Array
from app.training.tasks.work import Networks


class State(NamedTuple):
    """All that is needed to go on as if nothing had happened, for a checkpoint."""

    tensors: dict[str, Tensor]
    values: dict[str, Any]  # as JSON takes them


@dataclass(frozen=True)
class Chunk:
    """What came of a chunk: one number per step that was begun."""

    losses: Mapping[str, Array]  # by name, each (n,) float64: mean losses of each batch before its update
    factors: Array  # (n,) float64, by what the schedule multiplies every learning rate
    epochs: Array  # (n,) float64, samples seen after each step / training samples
    samples: int
    # Whether the last loss is not finite. That step was not finished: the networks of the move that it broke in are
    # those before it.
    broke: bool
    layers: dict[str, dict[str, float]] = field(
        default_factory=dict[str, dict[str, float]]
    )  # gradients and updates of the last step, if observed

    @property
    def count(self) -> int:
        """How many steps were begun."""
        return len(self.factors)


class Stepper(Protocol):
    """Trains the networks of one experiment by the batches of a feed."""

    name: str
    step: int  # updates made
    factor: float  # of a schedule that watches the losses, set by the loop; multiplies every learning rate
    only: Sequence[str] | None  # the networks that alone move, set by the loop; None for all

    @property
    def networks(self) -> Networks:
        """The networks in training, by name."""
        ...

    @property
    def averaged(self) -> Networks:
        """The networks that answer: averages over steps where that is asked for, else the trained ones."""
        ...

    def advance(self, count: int, observe: bool = False) -> Chunk:
        """Takes `count` steps, fewer where a loss is not finite; `observe` measures the updates of the last."""
        ...

    def change(self, experiment: Experiment) -> None:
        """Takes over the live settings of an experiment that differs in nothing else."""
        ...

    def state(self) -> State:
        """Everything that `restore` needs, in the same form for every stepper."""
        ...

    def restore(self, state: State) -> None:
        """Goes on from a `state`."""
        ...
