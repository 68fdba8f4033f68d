"""All that a run in training consists of, and how it goes into a checkpoint and comes back."""

from pathlib import Path
from typing import Any

from torch import Tensor

from app.experiment.experiment import Experiment
from app.experiment.live_changes import changed
from app.training.data.batch import Batch
from app.training.data.feed import feed_of, samples_in_step
from app.training.data.samples import samples_of
from app.training.doctor import Doctor
from app.training.probes import Look
from app.training.recording.evaluating import Evaluator
from app.training.recording.measuring import Measuring
from app.training.recording.moments import Moments
from app.training.recording.probing import Probing
from app.training.running.breaking import first_broken
from app.training.running.clock import Clock
from app.training.running.control import Control
from app.training.running.early import PREFIX, Early
from app.training.running.orders import Orders
from app.training.steppers.choosing import stepper_of
from app.training.steppers.stepper import State, Stepper
from app.training.tasks import WORK


class Session:
    """The network in training and everything that goes with it. `experiment` follows live changes."""

    def __init__(self, experiment: Experiment, orders: Orders, data: Path | None = None) -> None:
        samples = samples_of(experiment, data)
        self.experiment = experiment
        self.orders = orders
        self.work = WORK[experiment.task.kind](experiment)
        self.work.enter(samples.prepared)
        self.work.meet(samples, data)
        self.feed = feed_of(experiment, samples)
        self.stepper: Stepper = stepper_of(experiment)(experiment, self.feed, self.work)
        self.evaluator = Evaluator(experiment, samples, self.work)
        averaged, own = self.stepper.averaged, self.stepper.networks
        self.look = Look(experiment, averaged, samples, self.work, live=None if averaged is own else own)
        self.probing = Probing(experiment, self.look)
        self.clock = Clock()
        self.control = Control()
        self.doctor = Doctor(experiment, self.work.beside)
        self.measuring = Measuring(experiment.task.losses)
        stopping = experiment.training.early_stopping
        self.early = None if stopping is None else Early(stopping)
        placed = experiment.placed()
        self.forward_multiply_adds = experiment.step_multiply_adds()
        self.moments = Moments.of(experiment, placed)
        self.epoch_losses: list[float] = []  # the watched loss at the end of each epoch, for schedules that watch
        self.changes: list[tuple[str, Any]] = []  # live settings, in the order they were changed
        self.metrics: dict[str, float] = {}
        self.rate = experiment.optimizer.lr  # of the last step

    @property
    def epoch(self) -> float:
        """Samples seen / training samples."""
        return self.feed.order.epoch

    @property
    def multiply_adds(self) -> float:
        """Of the whole run so far: backward costs twice what forward does."""
        return 3.0 * self.forward_multiply_adds * self.feed.order.samples_seen

    def watches_epochs(self) -> bool:
        """Whether something is decided at the end of every epoch."""
        return self.early is not None or self.experiment.schedule.watches

    def steps_left(self) -> int:
        """Steps until the last epoch is over, at the present batch size."""
        return self.feed.order.steps_left(self.experiment.training.epochs)

    def batch_loss(self, batch: Batch) -> float:
        """The loss of a batch as the networks stand."""
        return self.evaluator.batch_loss(self.stepper.networks, batch)

    def first_broken(self) -> str:
        """The address of the first layer that gives no finite number for the next batch; empty where every one does."""
        return first_broken(self.stepper.networks, self.work, self.feed.batch(self.stepper.step))

    def change(self, path: str, value: Any) -> None:
        """Applies a live setting. Raises `Problem` where it cannot be."""
        self.experiment = changed(self.experiment, path, value)
        self.changes.append((path, value))
        self.doctor.experiment = self.experiment
        self.feed.order.batch_size = samples_in_step(self.experiment)
        self.stepper.change(self.experiment)

    def state(self) -> tuple[dict[str, Tensor], dict[str, Any]]:
        """Everything that `restore` needs to go on as if nothing had happened."""
        tensors, values = self.stepper.state()
        whole: dict[str, Any] = {
            "stepper": values | self.feed.order.state(),
            "epoch_losses": self.epoch_losses,
            "changes": self.changes,
            "metrics": self.metrics,
            "rate": self.rate,
            **{name: getattr(self, name).state() for name in ("clock", "control", "doctor", "measuring", "orders")},
        }
        if self.early:
            best, whole["early"] = self.early.state()
            tensors |= best
        return tensors, whole

    def restore(self, tensors: dict[str, Tensor], whole: dict[str, Any]) -> None:
        """Goes on from a `state`."""
        for path, value in whole["changes"]:
            self.change(path, value)
        own = {name: tensor for name, tensor in tensors.items() if not name.startswith(PREFIX)}
        self.stepper.restore(State(own, whole["stepper"]))
        self.feed.order.restore(whole["stepper"])
        for name in ("clock", "control", "doctor", "measuring", "orders"):
            getattr(self, name).restore(whole[name])
        self.epoch_losses, self.metrics = whole["epoch_losses"], whole["metrics"]
        self.rate = whole.get("rate", self.experiment.optimizer.lr)  # older checkpoints do not say it
        if self.early and "early" in whole:  # not in a fork that stops early where its parent did not
            self.early.restore(tensors, whole["early"])
