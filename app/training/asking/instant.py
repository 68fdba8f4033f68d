"""A whole run while somebody waits for it: trained from its seed, told, and not recorded."""

import time
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from app.experiment.experiment import Experiment
from app.parts.datasets.prepared import Array
from app.parts.metrics import split_of
from app.parts.problem import Edit, Fix, Problem
from app.training.data.feed import feed_of
from app.training.data.samples import ArraySamples, samples_of
from app.training.probes import Look
from app.training.recording.evaluating import Evaluator
from app.training.recording.measuring import rounded
from app.training.recording.probing import Probing
from app.training.running.early import Early
from app.training.steppers.choosing import quickest
from app.training.tasks import WORK

MOST_SECONDS = 5.0  # of training
LEAST_SECONDS = 0.5  # before it is judged how long all will take: others may have held up the first steps
SLICE = 0.05  # seconds between two looks at the clock
FIRST_SLICE = 64  # steps
EVALUATIONS = 16  # beside that of the end; each costs as much as a hundred steps or more
MOST_POINTS = 500  # of a curve
NEVER = 1 << 62
TIE = 1e-9  # of an epoch: a step that ends with it is in it

Json = dict[str, Any]


class Instant:
    """The training of one experiment from its first step to its last."""

    def __init__(self, experiment: Experiment, data: Path | None = None, most_seconds: float = MOST_SECONDS) -> None:
        self.experiment = experiment
        self.samples = kept_samples(experiment, data)
        self.work = WORK[experiment.task.kind](experiment)
        self.work.enter(self.samples.prepared)
        self.feed = feed_of(experiment, self.samples)
        self.stepper = quickest(experiment)(experiment, self.feed, self.work)
        self.reason = "done"  # or `diverged`
        self.seconds = 0.0  # of the training loop
        self.evaluations: list[Json] = []
        self.tested: Json = {}  # how the network as it was last measured does on the test samples
        self._most_seconds = most_seconds
        self._evaluator = Evaluator(experiment, self.samples, self.work)
        self._losses: list[Array] = []
        self._epochs: list[Array] = []
        stopping = experiment.training.early_stopping
        self._early = None if stopping is None else Early(stopping)
        self._watches = self._early is not None or experiment.schedule.watches
        self._epoch_losses: list[float] = []
        self._last = min(self.feed.order.steps_left(experiment.training.epochs), experiment.training.steps or NEVER)

    def train(self, evaluations: int = EVALUATIONS) -> None:
        """Trains and measures at so many steps, and at the end. Raises `Problem` where that takes too long."""
        happenings = _spread(self._last, evaluations)
        allowed = FIRST_SLICE
        while self.stepper.step < self._last:
            step = self.stepper.step
            limits = [self._last - step, allowed, happenings[0] - step]
            if self._watches:
                limits.append(self.feed.order.steps_to_epoch_end())
            allowed = max(int(SLICE / self._advance(min(limits))), 1)
            if self.reason == "diverged":
                return
            if self._watches and self.feed.order.at_epoch_end and self._stops_early():
                break
            if self.stepper.step >= happenings[0]:
                happenings.pop(0)
                self._evaluate()
                if self._good_enough():
                    return
        self._evaluate()

    @property
    def final(self) -> Json:
        """The metrics of the end; none where the loss was no number."""
        last = self.evaluations[-1] if self.evaluations and self.reason == "done" else {}
        return {name: value for name, value in last.items() if name not in ("step", "epoch")}

    def told(self, test: bool = False) -> Json:
        """As JSON: `columns` of the steps, of each stretch those with the least and the largest loss, and
        `evaluations`; with `test`, `metrics` of the test samples too."""
        losses, epochs = np.concatenate(self._losses), np.concatenate(self._epochs)
        shown = _shown(losses)
        names = self.evaluations[0] if self.evaluations else {}
        return {
            "steps": self.stepper.step,
            "epoch": rounded(self.feed.order.epoch),
            "seconds": round(self.seconds, 6),
            "stepper": self.stepper.name,
            "reason": self.reason,
            "metrics": self.final | (self.tested if test and self.final else {}),
            "columns": {
                "step": (shown + 1).tolist(),
                "epoch": [rounded(epoch) for epoch in epochs[shown].tolist()],
                "train_loss": [rounded(loss) for loss in losses[shown].tolist()],
            },
            "evaluations": {name: [row[name] for row in self.evaluations] for name in names},
        }

    def epochs_to(self, target: float) -> int | None:
        """The first epoch in which the mean loss of its batches was at most so much; None where none was."""
        losses, epochs = np.concatenate(self._losses), np.concatenate(self._epochs)
        number = np.ceil(epochs - TIE).astype(int) - 1  # of the epoch that each step was in
        means = np.bincount(number, losses) / np.maximum(np.bincount(number), 1)
        reached = np.flatnonzero(means <= target)
        return int(reached[0]) + 1 if len(reached) else None

    def frames(self, names: list[str] | None) -> Iterable[bytes]:
        """What the probes of these names see of the network, or all of them."""
        probing = Probing(self.experiment, Look(self.experiment, self.stepper.averaged, self.samples, self.work))
        wanted = probing.names if names is None else names
        return probing.frames(wanted, self.stepper.step, self.feed.order.epoch).values()

    def _advance(self, count: int) -> float:
        """Takes so many steps, and gives the seconds that one took."""
        began = time.perf_counter()
        chunk = self.stepper.advance(count)
        passed = time.perf_counter() - began
        self.seconds += passed
        self._losses.append(chunk.losses[self.experiment.task.losses[0]])
        self._epochs.append(chunk.epochs)
        if chunk.broke:
            self.reason = "diverged"
        expected = self.seconds * self._last / max(self.stepper.step, 1)
        if expected > self._most_seconds and self.seconds > LEAST_SECONDS:
            raise self._too_long(expected)
        return passed / chunk.count

    def _stops_early(self) -> bool:
        loss = self._evaluator.watched_loss(self.stepper.averaged)
        if self.experiment.schedule.watches:
            self._epoch_losses.append(loss)
            self.stepper.factor = self.experiment.schedule.factor_from_losses(self._epoch_losses)
        early = self._early
        if early is None or not early.enough(loss, self.feed.order.epoch, self.stepper.averaged):
            return False
        early.put_back(self.stepper.networks)
        early.put_back(self.stepper.averaged)
        return True

    def _evaluate(self) -> None:
        metrics = self._evaluator.evaluate(self.stepper.averaged).metrics
        told = {name: rounded(value) for name, value in metrics.items()}
        self.tested = {name: told.pop(name) for name in metrics if name.startswith("test_")}
        row = {"step": self.stepper.step, "epoch": rounded(self.feed.order.epoch), **told}
        if self.evaluations and self.evaluations[-1]["step"] == row["step"]:
            self.evaluations.pop()  # since then the best weights may have been put back
        self.evaluations.append(row)

    def _good_enough(self) -> bool:
        target = self.experiment.training.target
        if target is None or target.metric not in self.evaluations[-1]:
            return False
        _, metric = split_of(target.metric)
        return metric is not None and metric.reached(float(self.evaluations[-1][target.metric]), target.value)

    def _too_long(self, seconds: float) -> Problem:
        epochs = max(int(self.experiment.training.epochs * self._most_seconds / seconds), 1)
        return Problem(
            "This would take about {seconds} s, too long to wait for. Train it as a run, or take fewer epochs.",
            place="/training/epochs",
            seconds=round(seconds),
            fixes=(Fix("Set {epochs} epochs", {"epochs": epochs}, (Edit("replace", "/training/epochs", epochs),)),),
        )


def kept_samples(experiment: Experiment, data: Path | None) -> ArraySamples:
    """The samples, which a process that stays for the next question has at hand."""
    return _samples(experiment.model_dump_json(include={"dataset", "task", "loss"}), data)


@lru_cache(maxsize=2)
def _samples(document: str, data: Path | None) -> ArraySamples:
    return samples_of(Experiment.model_validate_json(document), data)


def _spread(last: int, count: int) -> list[int]:
    """Steps before the last, closer at the beginning, where curves bend."""
    steps: list[int] = np.unique(np.geomspace(1, max(last, 1), count).astype(int))[:-1].tolist() if count else []
    return [*steps, NEVER]


def _shown(losses: Array) -> Array:
    """Which steps are told: all, or of each stretch those with the least and the largest loss; and the ends."""
    count = len(losses)
    if count <= MOST_POINTS:
        return np.arange(count)
    edges = np.linspace(0, count, MOST_POINTS // 2).astype(int).tolist()
    kept = {0, count - 1}
    for first, last in pairwise(edges):
        part = losses[first:last]
        kept |= {first + int(part.argmin()), first + int(part.argmax())}
    return np.array(sorted(kept))
