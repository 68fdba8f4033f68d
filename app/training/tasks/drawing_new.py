"""What tasks share whose new samples are looked at by an examiner."""

from abc import abstractmethod
from pathlib import Path

import torch
from torch import Tensor

from app.experiment.experiment import Experiment
from app.training.data.batch import Batch, Samples
from app.training.examining import MOST_PAIRED, Examination
from app.training.tasks.work import Networks, Work


class DrawingNew(Work):
    """`examination` is there where samples are pictures of classes, once they were met: in a run, but not while
    somebody waits for an answer."""

    def __init__(self, experiment: Experiment) -> None:
        super().__init__(experiment)
        self.examination: Examination | None = None
        self._experiment = experiment

    def meet(self, samples: Samples, data: Path | None) -> None:
        self.examination = Examination.of(self._experiment, samples, data)

    @abstractmethod
    def new(self, networks: Networks, batch: Batch) -> Tensor:
        """As many new samples (b, …) as the batch has, from the chance that it holds."""


def diversity(drawn: Tensor, real: Tensor) -> float:
    """How far drawn samples (n, d) are from one another, in units of how far real ones are."""
    return mean_distance(drawn[:MOST_PAIRED]) / max(mean_distance(real[:MOST_PAIRED]), 1e-9)


def mean_distance(samples: Tensor) -> float:
    """The mean distance between two different samples of (n, d)."""
    count = len(samples)
    return float(torch.cdist(samples, samples).sum() / max(count * (count - 1), 1))
