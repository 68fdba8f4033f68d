"""What every neuron answers to a few chosen samples."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.probes.probe import Probe
from app.parts.shapes import Mask
from app.parts.tasks.task import Task


class Activations(Probe):
    """What every neuron answers to a few samples of the validation set, or to the noise that samples are drawn from.

    Look at it to follow one sample through the network, number by number.
    """

    title: ClassVar[str] = "Activations"

    kind: Literal["activations"] = "activations"

    def fits(self, dataset: Dataset, task: Task) -> bool:
        # of a mask every layer gives a picture, and has feature maps
        return not isinstance(task.target(dataset), Mask)
