"""What rows of symbols owe that have a label at each place."""

from typing import ClassVar

from app.parts.datasets.dataset import Array, Dataset
from app.parts.shapes import Tags, Tokens


class Tagged(Dataset):
    """Rows of symbols of different lengths, each with a label at every place. `symbols` are how they are written,
    `tags` the labels."""

    group: ClassVar[str] = "sequence"
    standardize: ClassVar[bool] = False  # pyright: ignore[reportIncompatibleVariableOverride]  tokens are no amounts
    pads: ClassVar[bool] = True

    def longest(self) -> int:
        """How many places the longest row has."""
        raise NotImplementedError

    def symbols(self) -> list[str]:
        """How each symbol is written."""
        raise NotImplementedError

    def tags(self) -> tuple[str, ...]:
        """The names of the labels."""
        raise NotImplementedError

    def lengths(self, tokens: Array) -> Array:
        """How long each row of symbols (n, places) is, as a person counts: (n,)."""
        return (tokens != 0).sum(axis=1)

    def inputs(self) -> Tokens:
        return Tokens(length=self.longest(), vocabulary=len(self.symbols()) + 1)

    def target(self) -> Tags:
        return Tags(names=self.tags(), length=self.longest())

    def vocabulary(self) -> list[str]:
        return ["", *self.symbols()]
