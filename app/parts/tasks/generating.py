"""What every task owes that draws new samples like those of a set."""

from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array, Dataset
from app.parts.datasets.prepared import Prepared
from app.parts.metrics import COVERAGE, DISTANCE, DISTANCE_RATIO, DIVERSITY, ISLANDS, ON_ISLANDS, Metric
from app.parts.problem import Problem
from app.parts.shapes import Channelled, Features, Shape
from app.parts.tasks.task import Task

NOISE = 5  # stream of randomness


class Generating(Task):
    """New samples are drawn from noise. Every sample has its own noise, the same for the whole run: what is drawn from
    it is compared with all samples of the split, and can be followed through time without a random number."""

    needs: ClassVar[tuple[type[Shape], ...]] = (Shape,)  # whatever the labels are, they need not be read
    learns: ClassVar[Literal["target", "inputs", "nothing"]] = "nothing"
    watched: ClassVar[str | None] = None
    predicts: ClassVar[bool] = False
    metrics: ClassVar[tuple[Metric, ...]] = (COVERAGE, ISLANDS, ON_ISLANDS, DISTANCE, DISTANCE_RATIO, DIVERSITY)
    score: ClassVar[Metric] = COVERAGE
    shown: ClassVar[tuple[Metric, ...]] = (ISLANDS, COVERAGE, DISTANCE_RATIO)

    def check(self, dataset: Dataset) -> None:
        inputs = dataset.inputs()
        if not isinstance(inputs, Features | Channelled):
            raise Problem(
                "{task} draws numbers, but a sample of these data is {inputs}.",
                task=type(self).title,
                inputs=inputs.noun,
            )

    def inputs(self, prepared: Prepared) -> dict[str, Array]:
        random = np.random.default_rng(NOISE)
        noise = random.standard_normal((len(prepared.inputs), *self.noise_sizes(prepared)), np.float32)
        return {**super().inputs(prepared), "noise": noise}

    def noise_sizes(self, prepared: Prepared) -> tuple[int, ...]:
        """The sizes of the noise that one sample is drawn from."""
        raise NotImplementedError
