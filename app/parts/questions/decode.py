"""Drawing what a code stands for."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from app.parts.datasets.dataset import Dataset
from app.parts.part import setting
from app.parts.questions.question import Question
from app.parts.tasks.gan import Gan
from app.parts.tasks.reconstructing import Reconstructing
from app.parts.tasks.task import Task

MOST = 1e6  # far beyond every code, and still exact enough in single precision


class Decode(Question):
    """Lets the decoder, or the generator of a GAN, draw what a code of one's own stands for.

    Go from one code to another in small steps: what lies between two samples?
    """

    title: ClassVar[str] = "Draw a code"
    also: ClassVar[tuple[str, ...]] = ("decode", "latent", "code", "interpolate")

    kind: Literal["decode"] = "decode"
    code: list[Annotated[float, Field(ge=-MOST, le=MOST)]] = setting(
        [],
        "Code",
        "As many numbers as stand between encoder and decoder, or as the generator reads. If left out, all are 0.",
        max_length=512,
    )
    label: int | None = setting(
        None, "Class", "The number of the class, where the decoder reads one.", ge=0, le=100_000
    )

    def fits(self, dataset: Dataset, task: Task) -> bool:
        return isinstance(task, Reconstructing | Gan)
