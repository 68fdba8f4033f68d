"""Points that are drawn, real or not, all over the plane."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.datasets.on_plane import NAMES, PlaneDataset
from app.parts.probes.probe import Probe
from app.parts.tasks.gan import Gan
from app.parts.tasks.task import Task


class GeneratedPoints(Probe):
    """The points that a generator draws from the same noise, what the discriminator says all over the plane, the
    lattice of noise as the generator bends it, and where each drawn point is pulled to.

    Look at it to see which islands are reached, and which way the generator goes next.
    """

    title: ClassVar[str] = "Drawn points"

    kind: Literal["generated_points"] = "generated_points"

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return isinstance(task, Gan) and seen_as_they_are(dataset)


def seen_as_they_are(dataset: Dataset) -> bool:
    """Whether samples are points on the plane, and a network is given their coordinates alone."""
    return isinstance(dataset, PlaneDataset) and [*dataset.features, *dataset.formulas] == list(NAMES)
