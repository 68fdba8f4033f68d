"""Metrics over whole splits at one step."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from app.experiment.experiment import Experiment
from app.parts.layers.stack import unfolded
from app.training.data.batch import Batch, Samples
from app.training.data.samples import SPLITS
from app.training.tasks.work import Networks, Tally, Work

MOST_ROWS, LEAST_ROWS = 8192, 32  # that are answered at once
NUMBERS_AT_ONCE = 1 << 20  # of the widest layer, for all rows; twice as many take up to a third longer


@dataclass(frozen=True)
class Evaluation:
    """`metrics` are named `train_loss`, `validation_accuracy`, …; confusions are lists of lists of counts. `learned`
    says whether answers are better than those that ignore their input, `holds` whether they are for new samples too."""

    metrics: dict[str, float]
    learned: bool
    holds: bool
    confusion: list[list[int]] | None
    test_confusion: list[list[int]] | None


class Evaluator:
    """Measures networks on the train, validation and test splits, in `eval` mode."""

    def __init__(self, experiment: Experiment, samples: Samples, work: Work) -> None:
        self._samples = samples
        self._work = work
        self._watched = experiment.task.watched or ""  # what needs it is refused where there is none
        self._most = experiment.task.most_measured
        self._splits = [split for split in SPLITS if samples.count(split)]
        placed = unfolded(experiment.placed())
        widest = max((layer.after.numbers for layer in placed), default=1)
        self._rows_at_once = min(max(NUMBERS_AT_ONCE // widest, LEAST_ROWS), MOST_ROWS)

    def evaluate(self, networks: Networks) -> Evaluation:
        """All metrics of the networks as they stand."""
        metrics: dict[str, float] = {}
        confusions: dict[str, Any] = {}
        learned = holds = True
        for split in self._splits:
            tally = self._tally(networks, self._pieces(split))
            metrics |= {f"{split}_{name}": value for name, value in tally.metrics().items()}
            counts = tally.confusion()
            confusions[split] = None if counts is None else counts.tolist()
            if split == "train":
                learned = tally.learned()
            elif split == "validation":
                holds = tally.holds()
        shown = confusions.get("validation", confusions["train"])
        return Evaluation(metrics, learned, holds, shown, confusions.get("test"))

    def watched_loss(self, networks: Networks) -> float:
        """What the task watches: of the validation samples, or of the training samples where nothing is kept aside."""
        split = "validation" if "validation" in self._splits else "train"
        return self._tally(networks, self._pieces(split)).metrics()[self._watched]

    def batch_loss(self, networks: Networks, batch: Batch) -> float:
        """The loss of a batch as the networks stand, the first of its task; nothing moves, and no chance is used up."""
        for network in networks.values():
            network.eval()
        with torch.random.fork_rng(devices=[]):
            losses = self._work.step(networks, batch, _looked)
        return losses[self._work.task.losses[0]]

    def _tally(self, networks: Networks, batches: Iterator[Batch]) -> Tally:
        for network in networks.values():
            if network.training:  # walking through all modules takes its time
                network.eval()
        tally = self._work.tally()
        with torch.no_grad():
            for batch in batches:
                tally.add(self._work.measurable(networks, batch), batch)
        return tally

    def _pieces(self, split: str) -> Iterator[Batch]:
        count, rows = self._samples.count(split), self._rows_at_once
        whole = self._samples.whole(split)
        chosen = np.arange(count)
        if self._most is not None and count > self._most:  # some that are spread evenly
            chosen, whole = np.linspace(0, count - 1, self._most).astype(np.int64), None
        for first in range(0, len(chosen), rows):
            last = min(first + rows, len(chosen))
            if whole is None:
                yield self._samples.batch(split, chosen[first:last])
            else:
                yield whole.part(first, last)


def _looked(names: tuple[str, ...], loss: Callable[[], Tensor]) -> float:
    """A move of these networks that is not made."""
    return loss().item()
