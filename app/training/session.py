"""All that a run in training consists of, and how it goes into a checkpoint and comes back."""

from pathlib import Path
from typing import Any

from torch import Tensor

from app.experiment.experiment import Experiment
from app.experiment.live import changed
from app.training.clock import Clock
from app.training.control import Control
from app.training.doctor import Doctor
from app.training.early import PREFIX, Early
from app.training.evaluating import Evaluator
from app.training.measuring import Measuring
from app.training.moments import Moments
from app.training.orders import Orders
from app.training.probes import Look
from app.training.probing import Probing
from app.training.samples import samples_of
from app.training.steppers.eager import EagerStepper


class Session:
    """The network in training and everything that goes with it. `experiment` follows live changes."""

    def __init__(self, experiment: Experiment, orders: Orders, data: Path | None = None) -> None:
        samples = samples_of(experiment, data)
        self.experiment = experiment
        self.orders = orders
        self.stepper = EagerStepper(experiment, samples)
        self.evaluator = Evaluator(experiment, samples)
        self.look = Look(experiment, self.stepper.network, samples, self.evaluator.work)
        self.probing = Probing(experiment, self.look)
        self.clock = Clock()
        self.control = Control()
        self.doctor = Doctor(experiment)
        self.measuring = Measuring()
        stopping = experiment.training.early_stopping
        self.early = None if stopping is None else Early(stopping)
        placed = experiment.main.placed(experiment.dataset.inputs(), experiment.outputs)
        self.forward_multiply_adds: int = sum(one.multiply_adds for one in placed)
        self.moments = Moments.of(experiment, placed)
        self.epoch_losses: list[float] = []  # the watched loss at the end of each epoch, for schedules that watch
        self.changes: list[tuple[str, Any]] = []  # live settings, in the order they were changed
        self.metrics: dict[str, float] = {}

    @property
    def multiply_adds(self) -> float:
        """Of the whole run so far: backward costs twice what forward does."""
        return 3.0 * self.forward_multiply_adds * self.stepper.samples_seen

    @property
    def steps_per_epoch(self) -> int:
        """Steps of one pass at the present batch size."""
        return -(-self.stepper.count // self.stepper.batch_size)

    def watches_epochs(self) -> bool:
        """Whether something is decided at the end of every epoch."""
        return self.early is not None or self.experiment.schedule.watches

    def steps_left(self) -> int:
        """Steps until the last epoch is over, at the present batch size."""
        stepper = self.stepper
        left = self.experiment.training.epochs * stepper.count - stepper.samples_seen
        if left <= 0:
            return 0
        whole = (left - 1) // stepper.count  # epochs behind the one that has begun
        return stepper.steps_to_epoch_end() + whole * self.steps_per_epoch

    def change(self, path: str, value: Any) -> None:
        """Applies a live setting. Raises `Problem` where it cannot be."""
        self.experiment = changed(self.experiment, path, value)
        self.changes.append((path, value))
        self.doctor.experiment = self.experiment
        self.stepper.batch_size = self.experiment.training.batch_size
        self.stepper.regularization = self.experiment.training.regularization
        self.stepper.base_lr = self.experiment.optimizer.lr
        self.stepper.set_optimizer(self.experiment.optimizer.call().options)

    def state(self) -> tuple[dict[str, Tensor], dict[str, Any]]:
        """Everything that `restore` needs to go on as if nothing had happened."""
        tensors, values = self.stepper.state()
        whole: dict[str, Any] = {
            "stepper": values,
            "epoch_losses": self.epoch_losses,
            "changes": self.changes,
            "metrics": self.metrics,
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
        self.stepper.restore(own, whole["stepper"])
        for name in ("clock", "control", "doctor", "measuring", "orders"):
            getattr(self, name).restore(whole[name])
        self.epoch_losses, self.metrics = whole["epoch_losses"], whole["metrics"]
        if self.early:
            self.early.restore(tensors, whole["early"])
