"""The way of points from noise to data, all over the plane."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.probes.generated_points import seen_as_they_are
from app.parts.probes.probe import Probe
from app.parts.tasks.diffusion import Diffusion
from app.parts.tasks.task import Task


class Denoising(Probe):
    """Points on their way from the same noise to the data: where they stand at each time, the clean points that the
    network makes out in them, and which way it points all over the plane.

    Look at it to see when it is decided where a point will end: early, while nearly all is still noise.
    """

    title: ClassVar[str] = "Denoising"

    kind: Literal["denoising"] = "denoising"

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return isinstance(task, Diffusion) and seen_as_they_are(dataset)
