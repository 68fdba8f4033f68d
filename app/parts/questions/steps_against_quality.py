"""How good samples of diffusion are by the steps that they are drawn in."""

from typing import ClassVar, Literal

from app.parts.datasets.dataset import Dataset
from app.parts.part import setting
from app.parts.questions.question import Question
from app.parts.tasks.diffusion import Diffusion
from app.parts.tasks.task import Task


class StepsAgainstQuality(Question):
    """Draws from the same noise in 1, 2, 5, … up to all diffusion steps, without fresh noise (DDIM) and with it (DDPM),
    and says by the MMD how unlike real samples each is, beside what chance makes of two halves of the real ones.

    A network that predicts the noise wants many steps; where does yours stop getting better?
    """

    title: ClassVar[str] = "Steps against quality"
    also: ClassVar[tuple[str, ...]] = ("ddim", "ddpm", "sampling steps", "mmd", "distance")

    kind: Literal["steps_against_quality"] = "steps_against_quality"
    count: int = setting(
        300, "Samples", "How many are drawn and compared each time, at most half of those held back.", ge=10, le=500
    )

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return isinstance(task, Diffusion)
