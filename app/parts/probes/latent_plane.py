"""What a code of random numbers is drawn as, and what each of its numbers tells."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.probes.probe import Probe
from app.parts.shapes import Image
from app.parts.tasks.task import Task
from app.parts.tasks.variational_autoencoder import VariationalAutoencoder


class LatentPlane(Probe):
    """New samples from random codes, the same for the whole run; what is drawn all over the plane of the two numbers
    that tell most; and how much each number tells.

    Look at it to see how one digit becomes another, and which numbers the network does without.
    """

    title: ClassVar[str] = "Latent plane"

    kind: Literal["latent_plane"] = "latent_plane"

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return isinstance(task, VariationalAutoencoder) and isinstance(dataset.inputs(), Image)
