"""Metrics over whole splits at one step."""

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from app.experiment.experiment import Experiment
from app.parts.layers.stack import unfolded
from app.training.samples import Samples
from app.training.steppers.eager import EagerStepper
from app.training.tasks import WORK

MOST_ROWS, LEAST_ROWS = 8192, 32  # that are answered at once
NUMBERS_AT_ONCE = 1 << 20  # of the widest layer, for all rows; twice as many take up to a third longer


@dataclass(frozen=True)
class Evaluation:
    """`metrics` are named `train_loss`, `validation_accuracy`, …; confusions are lists of lists of counts."""

    metrics: dict[str, float]
    learned: bool
    confusion: list[list[int]] | None
    test_confusion: list[list[int]] | None


class Evaluator:
    """Measures a network on the train, validation and test splits."""

    def __init__(self, experiment: Experiment, samples: Samples) -> None:
        self._samples = samples
        self.work = WORK[experiment.task.kind](experiment)
        placed = unfolded(experiment.main.placed(experiment.dataset.inputs(), experiment.outputs))
        widest = max((one.after.numbers for one in placed), default=1)
        self._rows_at_once = min(max(NUMBERS_AT_ONCE // widest, LEAST_ROWS), MOST_ROWS)

    def evaluate(self, stepper: EagerStepper) -> Evaluation:
        """All metrics of the network as it stands."""
        outputs = self._outputs(stepper, self._samples.inputs)
        metrics: dict[str, float] = {}
        confusions: dict[str, Any] = {}
        learned = True
        for split, (first, last) in self._samples.bounds.items():
            truth = self._samples.truth[first:last]
            found = {"loss": self._loss(stepper, outputs, first, last)} | self.work.metrics(outputs[first:last], truth)
            metrics |= {f"{split}_{name}": value for name, value in found.items()}
            counts = self.work.confusion(outputs[first:last], truth)
            confusions[split] = None if counts is None else counts.tolist()
            if split == "train":
                learned = self.work.learned(found, truth)
        shown = confusions.get("validation", confusions["train"])
        return Evaluation(metrics, learned, shown, confusions.get("test"))

    def watched_loss(self, stepper: EagerStepper) -> float:
        """The validation loss, or the training loss where nothing is kept aside."""
        first, last = self._samples.bounds.get("validation", self._samples.bounds["train"])
        outputs = self._outputs(stepper, self._samples.inputs[first:last])
        return stepper.criterion(outputs, self._samples.targets[first:last]).item()

    def _outputs(self, stepper: EagerStepper, inputs: Tensor) -> Tensor:
        rows = self._rows_at_once
        pieces = [stepper.outputs(inputs[at : at + rows]) for at in range(0, len(inputs), rows)]
        return pieces[0] if len(pieces) == 1 else torch.cat(pieces)

    def _loss(self, stepper: EagerStepper, outputs: Tensor, first: int, last: int) -> float:
        return stepper.criterion(outputs[first:last], self._samples.targets[first:last]).item()
