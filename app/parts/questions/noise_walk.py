"""From one noise to another, and what is drawn on the way."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.part import setting
from app.parts.questions.question import Question
from app.parts.questions.sample import STEPS
from app.parts.tasks.generating import Generating
from app.parts.tasks.task import Task


class NoiseWalk(Question):
    """Draws what lies between two noises. Small steps of noise should be small steps of what is drawn, and all of it
    should look real: then the network has learned more than its samples by heart.

    The walk is an arc (slerp), not a straight line: nearly all noise of many numbers is equally long, and half way on a
    straight line lies noise that is too short, which the network has never seen. Diffusion draws without fresh noise
    here (DDIM, η = 0), so that the first noise decides everything. Sources: Shoemake 1985; White 2016,
    arXiv:1609.04468.
    """

    title: ClassVar[str] = "From one noise to another"
    also: ClassVar[tuple[str, ...]] = ("slerp", "interpolate", "latent walk", "morph", "spherical")

    kind: Literal["noise_walk"] = "noise_walk"
    to: int = setting(
        1, "Second seed", "Of the noise where the walk ends; it begins at that of the seed.", ge=0, le=2**31 - 1
    )
    count: int = setting(9, "Samples", "How many are drawn on the way, both ends included.", ge=2, le=50)
    label: int | None = setting(
        None,
        "Class",
        "The number of the class to draw, for a network that is told one. Left empty, it is the first.",
        ge=0,
        le=100_000,
    )
    steps: int | None = STEPS

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return isinstance(task, Generating)
