"""What every dataset owes: shapes of inputs and targets, samples from a seed, and a visible split."""

from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from app.parts.part import Part, setting
from app.parts.problem import Problem
from app.parts.shapes import Classes, Features, Shape
from app.parts.torch_call import TorchCall

Array = NDArray[Any]


class Dataset(Part):
    """Samples to learn from. `raw` is what a person sees (points, columns, pixels); `encode` makes the network's inputs.

    `group` is one of: plane, line, table, picture, own.
    """

    family: ClassVar[str] = "datasets"
    kind: str
    label_noise: float = setting(
        0.0,
        "Wrong labels",
        "Share of labels replaced by another class. Shows what memorising costs.",
        ge=0,
        le=0.5,
        step=0.01,
        unit="share",
    )
    validation: int = setting(
        20, "Validation", "Share kept aside to tune by. The network never learns from it.", ge=0, le=80, unit="%"
    )
    test: int = setting(20, "Test", "Share sealed until the end, for one honest answer.", ge=0, le=80, unit="%")
    standardize: bool = setting(
        False, "Standardise", "Shift and scale every input to mean 0 and spread 1, measured on the training samples."
    )
    seed: int = setting(0, "Data seed", "Another number draws other samples, noise and split.", ge=0, le=2**31 - 1)

    def inputs(self) -> Shape:
        """The shape of one encoded sample."""
        raise NotImplementedError

    def target(self) -> Classes | Features:
        """The shape of one target: classes, or numbers to be predicted."""
        raise NotImplementedError

    def input_names(self) -> list[str]:
        """A name for each number of a flat input, empty for pictures."""
        return []

    def size(self) -> int:
        """How many samples there are, all splits together."""
        raise NotImplementedError

    def source(self) -> TorchCall | None:
        """The library's loader, called in a worker; None where `draw` makes the samples itself."""
        return None

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        """Raw samples (n, ...) float and targets: (n,) class numbers or (n, k) float. `loaded` comes from `source`."""
        raise NotImplementedError

    def encode(self, raw: Array) -> Array:
        """The network's inputs (n, ...) for raw samples (n, ...), before standardising."""
        return raw

    def check(self) -> None:
        """Raises `Problem` where settings that are each in range do not fit together."""
        if self.validation + self.test > 90:
            raise Problem(
                "Validation and test take {taken} % of the samples, so less than 10 % is left to learn from.",
                place="/validation",
                taken=self.validation + self.test,
            )
