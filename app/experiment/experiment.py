"""An experiment: one small document that says everything a run depends on."""

from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict

from app.experiment.network import Network
from app.experiment.training import Training
from app.parts.optimizers.adam import Adam
from app.parts.part import setting
from app.parts.probes import PROBES, Probe
from app.parts.schedules.constant import Constant
from app.parts.shapes import Shape

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

VERSION = 1


class Experiment(BaseModel):
    """The document. Everything but `dataset`, `task` and `loss` has a default."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: Literal[1] = VERSION
    seed: int = setting(0, "Seed", "Draws the first weights, the order of batches and dropout.", ge=0, le=2**31 - 1)
    dataset: AnyDataset
    task: AnyTask
    networks: dict[Literal["main"], Network] = {"main": Network()}
    loss: AnyLoss
    optimizer: AnyOptimizer = Adam()
    schedule: AnySchedule = Constant()
    training: Training = Training()
    probes: list[AnyProbe] | None = setting(
        None, "Probes", "What can be looked at; none named means all that fit.", max_length=16
    )

    @property
    def main(self) -> Network:
        """The network of a task that has one."""
        return self.networks["main"]

    @property
    def outputs(self) -> Shape:
        """What the network must give for one sample."""
        target = self.dataset.target()
        return self.task.outputs(target, self.loss.outputs(target))

    @property
    def train_samples(self) -> int:
        """How many samples the network learns from; rounding as in `app.parts.datasets.prepared`."""
        count = self.dataset.size()
        return count - round(count * self.dataset.test / 100) - self.validation_samples

    @property
    def validation_samples(self) -> int:
        """How many samples it is tuned by."""
        return round(self.dataset.size() * self.dataset.validation / 100)

    def chosen_probes(self) -> list[Probe]:
        """The probes that are named and fit, or all that fit."""
        named: list[Probe] = [probe() for probe in PROBES] if self.probes is None else self.probes
        return [probe for probe in named if probe.fits(self.dataset, self.task)]
