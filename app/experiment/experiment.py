"""An experiment: one small document that says everything a run depends on."""

from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict

from app.experiment.addresses import network_address
from app.experiment.network import Network
from app.experiment.training import Training
from app.parts.layers.stack import Placed
from app.parts.optimizers.adam import Adam
from app.parts.optimizers.optimizer import Optimizer
from app.parts.part import setting
from app.parts.probes import PROBES, Probe
from app.parts.schedules.constant import Constant
from app.parts.shapes import Shape
from app.parts.tasks.task import Ends

if TYPE_CHECKING:  # to a type checker, a choice is any member of its family
    from app.parts.datasets import Dataset as AnyDataset
    from app.parts.losses import Loss as AnyLoss
    from app.parts.optimizers import Optimizer as AnyOptimizer
    from app.parts.probes import Probe as AnyProbe
    from app.parts.schedules import Schedule as AnySchedule
    from app.parts.tasks import Task as AnyTask
else:
    from app.parts.datasets import AnyDataset
    from app.parts.losses import AnyLoss
    from app.parts.optimizers import AnyOptimizer
    from app.parts.probes import AnyProbe
    from app.parts.schedules import AnySchedule
    from app.parts.tasks import AnyTask

VERSION = 3


class Experiment(BaseModel):
    """The document. Everything but `dataset`, `task` and `loss` has a default."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: Literal[3] = VERSION
    seed: int = setting(0, "Seed", "Draws the first weights, the order of batches and dropout.", ge=0, le=2**31 - 1)
    dataset: AnyDataset
    task: AnyTask
    networks: dict[str, Network] = {"main": Network()}
    loss: AnyLoss
    optimizer: AnyOptimizer = Adam()
    schedule: AnySchedule = Constant()
    training: Training = Training()
    probes: list[AnyProbe] | None = setting(
        None, "Probes", "What can be looked at; none named means all that fit.", max_length=16
    )

    @property
    def main(self) -> Network:
        """The network of a task that has one; of others, the first."""
        return next(iter(self.networks.values()))

    @property
    def ends(self) -> dict[str, Ends]:
        """What goes in and out of each network. Raises `Problem` where the loss does not fit."""
        return self.task.ends(self.dataset, self.loss.at_each(self.target))

    @property
    def target(self) -> Shape:
        """What answers are compared with."""
        return self.task.target(self.dataset)

    @property
    def outputs(self) -> Shape:
        """What is answered to one sample."""
        return self.target.answered(self.loss.at_each(self.target))

    def placed(self, network: str | None = None) -> list[Placed]:
        """Every layer of a network in its place; of all networks where none is named. Raises `Problem` at the first
        that does not fit."""
        return [
            layer
            for name, end in self.ends.items()
            if network in (None, name)
            for layer in self.networks[name].placed(end, network_address(name))
        ]

    def step_multiply_adds(self) -> int:
        """Multiplications by weights for one sample of a step, forward only, of all networks."""
        passes = self.task.passes()
        return sum(passes.get(name, 1) * layer.multiply_adds for name in self.networks for layer in self.placed(name))

    def optimizer_of(self, network: str) -> Optimizer:
        """The optimizer that moves a network: its own, or the experiment's."""
        return self.networks[network].optimizer or self.optimizer

    @property
    def train_samples(self) -> int:
        """How many samples the network learns from; rounding as in `app.parts.datasets.prepared`."""
        count = self.dataset.size()
        return count - round(count * self.dataset.test / 100) - self.validation_samples

    @property
    def validation_samples(self) -> int:
        """How many samples it is tuned by."""
        return round(self.dataset.size() * self.dataset.validation / 100)

    @property
    def measured_samples(self) -> int:
        """How many samples metrics are taken over, all splits together."""
        most = self.task.most_measured
        return sum(count if most is None else min(count, most) for count in self.dataset.split_sizes())

    def chosen_probes(self) -> list[Probe]:
        """The probes that are named and fit, or all that fit."""
        named: list[Probe] = [probe() for probe in PROBES] if self.probes is None else self.probes
        return [probe for probe in named if probe.fits(self.dataset, self.task)]
