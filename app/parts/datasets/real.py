"""What every set that a library carries in its package owes: its loader's name, and how many samples to use."""

from typing import Any, ClassVar

import numpy as np

from app.parts.datasets.balance import even_order
from app.parts.datasets.dataset import Array, Dataset
from app.parts.datasets.labelled import Labelled
from app.parts.part import setting
from app.parts.torch_call import TorchCall


def samples_of(count: int) -> Any:
    """The field `samples` of a set that has `count`."""
    return setting(
        count,
        "Samples",
        "How many of the real samples are used, all splits together. Few samples are learned by heart.",
        ge=20,
        le=count,
    )


class RealSet(Dataset):
    """A real set. Its numbers are loaded in the worker only; what is known of it stands here as constants."""

    package: ClassVar[str] = "sklearn.datasets"
    loader: ClassVar[str]
    loader_options: ClassVar[dict[str, Any]] = {}

    samples: int

    def size(self) -> int:
        return self.samples

    def source(self) -> TorchCall:
        return TorchCall(f"{self.package}.{self.loader}", **self.loader_options)

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        if loaded is None:
            raise ValueError(f"Expected the samples of {self.loader}, but got none.")
        raw, targets = loaded
        order = even_order(random, targets) if isinstance(self, Labelled) else random.permutation(len(raw))
        rows = np.sort(order[: self.samples])
        return raw[rows], targets[rows]
