"""What the computing half of every task owes: answers, metrics, and what a network that learned nothing would reach."""

from abc import ABC, abstractmethod

from torch import Tensor

from app.experiment.experiment import Experiment
from app.parts.datasets.prepared import Array


class Work(ABC):
    """`outputs` are the network's raw outputs (n, k), or (n, k, h, w); `truth` is (n,) or (n, h, w) class numbers, or
    (n, k) numbers."""

    def __init__(self, experiment: Experiment) -> None:
        self.experiment = experiment

    @abstractmethod
    def answers(self, outputs: Tensor) -> Tensor:
        """What a person is shown: probabilities (n, k) or (n, 1) of the second class, or numbers (n, k)."""

    @abstractmethod
    def metrics(self, outputs: Tensor, truth: Array) -> dict[str, float]:
        """All metrics of the task but the loss."""

    def confusion(self, outputs: Tensor, truth: Array) -> Array | None:
        """Counts (true class, predicted class); None where there are no classes."""
        return None

    @abstractmethod
    def learned(self, metrics: dict[str, float], truth: Array) -> bool:
        """Whether it is better than an answer that ignores the input; `metrics` and `truth` are of the training set."""
