"""Metrics over whole splits at one step."""

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from app.experiment.experiment import Experiment
from app.training.samples import Samples
from app.training.steppers.eager import EagerStepper
from app.training.tasks import WORK

ROWS_AT_ONCE = 8192  # bounds the memory of activations


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

    def evaluate(self, stepper: EagerStepper) -> Evaluation:
        """All metrics of the network as it stands."""
        outputs = self._outputs(stepper)
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
        outputs = stepper.outputs(self._samples.inputs[first:last])
        return stepper.criterion(outputs, self._samples.targets[first:last]).item()

    def _outputs(self, stepper: EagerStepper) -> Tensor:
        inputs = self._samples.inputs
        pieces = [stepper.outputs(inputs[at : at + ROWS_AT_ONCE]) for at in range(0, len(inputs), ROWS_AT_ONCE)]
        return pieces[0] if len(pieces) == 1 else torch.cat(pieces)

    def _loss(self, stepper: EagerStepper, outputs: Tensor, first: int, last: int) -> float:
        return stepper.criterion(outputs[first:last], self._samples.targets[first:last]).item()
