"""What the computing half of every task owes: its step, its answers, and how they are measured."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol, TypeAlias

from torch import Tensor, nn

from app.experiment.experiment import Experiment
from app.parts.datasets.prepared import Array, Prepared
from app.parts.layers.over_time import PADDING
from app.training.building import BuiltNetwork, build
from app.training.data.batch import Batch, Samples, X
from app.training.modules.over_time import counted

Networks: TypeAlias = Mapping[str, BuiltNetwork]


class Move(Protocol):
    """Backward, regularisation and update of the networks of these names together.

    `loss` builds its whole graph each time it is called, which may be more than once. Gives the loss before the
    update. A loss that is not finite ends the step here, by an exception: networks moved before have moved.
    """

    def __call__(self, names: tuple[str, ...], loss: Callable[[], Tensor]) -> float: ...


class Tally(ABC):
    """Measures answers over a whole split, batch after batch."""

    @abstractmethod
    def add(self, answer: Tensor, batch: Batch) -> None:
        """Takes in what was answered to a batch."""

    @abstractmethod
    def metrics(self) -> dict[str, float]:
        """All metrics of the task over what was added, the loss first."""

    def confusion(self) -> Array | None:
        """Counts (true class, predicted class); None where there are no classes."""
        return None

    @abstractmethod
    def learned(self) -> bool:
        """Whether it is better than answers that ignore the input; to be asked of the training set."""

    def holds(self) -> bool:
        """The same beyond what chance makes of so few samples; to be asked of the validation set."""
        return self.learned()


@dataclass(frozen=True)
class Each:
    """What is said of every sample of a batch: its loss (b,), what was answered (b, …), and how sure that is (b,)."""

    losses: Array
    choice: Array
    share: Array | None  # the probability of the chosen class, or the overlap of a mask with the true one


class Given(NamedTuple):
    """What a network reads of samples by itself (b, …), and which places count, (b, places) bool; None for all."""

    x: Tensor
    counts: Tensor | None


class Work(ABC):
    """What one task computes. `step` reads nothing but its arguments, `self.task` and `self.criterion`."""

    def __init__(self, experiment: Experiment) -> None:
        self.task = experiment.task
        self.first = next(iter(experiment.networks))  # the network that is given the samples
        self.criterion: nn.Module = build(experiment.loss.module())
        self.prepared: Prepared | None = None

    def enter(self, prepared: Prepared) -> None:
        """Takes in what metrics need to know of the samples beside batches; called before anything is measured."""
        self.prepared = prepared

    def meet(self, samples: Samples, data: Path | None) -> None:  # noqa: B027 - not abstract: most tasks need nothing of them
        """Looks at all samples of a run once, before anything is measured; that may take seconds. What can be kept for
        other runs is kept below `data`."""

    def beside(self) -> dict[str, float]:
        """What plain methods reach on the samples that validate, or on those of training where none do, by metric;
        asked once in a run, when something is to be said of it. May take a second."""
        return {}

    @abstractmethod
    def step(self, networks: Networks, batch: Batch, move: Move) -> dict[str, float]:
        """Moves the networks once by a batch, and gives the losses before the update by name."""

    @abstractmethod
    def answer(self, networks: Networks, batch: Batch) -> Tensor:
        """The raw outputs for a batch (b, …). Whoever asks sees to `eval` mode and to no gradients."""

    def through(self, networks: Networks, batch: Batch) -> Tensor:
        """The answer to a batch (b, …), for which what is `given` goes once through every network: that is what a
        person is shown of the layers on its way."""
        return self.answer(networks, batch)

    def measurable(self, networks: Networks, batch: Batch) -> Tensor:
        """What its tally is given of a batch (b, …): the answer, unless it is measured by more than that."""
        return self.answer(networks, batch)

    def entered(self, batch: Batch) -> Tensor:
        """What the networks are given of the samples of a batch (b, …), where it is to be seen."""
        return batch.inputs[X]

    def given(self, batch: Batch) -> Mapping[str, Given]:
        """What networks are given of the samples of a batch, by name; others read what these answer."""
        padding = batch.inputs.get(PADDING)
        return {self.first: Given(self.entered(batch), None if padding is None else counted(padding))}

    @abstractmethod
    def shown(self, answer: Tensor) -> Tensor:
        """What a person is shown of it: probabilities (b, k) or (b, 1) of the second class, or numbers (b, k)."""

    @abstractmethod
    def tally(self) -> Tally:
        """An empty tally."""

    @abstractmethod
    def each(self, answer: Tensor, batch: Batch) -> Each:
        """What is said of each sample of a batch."""
