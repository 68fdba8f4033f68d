"""What every text owes: its letters, and windows of it, each with the letter that comes next at every place."""

from typing import ClassVar

import numpy as np

from app.parts.datasets.dataset import Array, Dataset
from app.parts.part import setting
from app.parts.shapes import Tokens

UNKNOWN = "\ufffd"  # stands for every letter that is not in the vocabulary


class Text(Dataset):
    """One long text, letter by letter. It is cut into windows that lie side by side, none over another; the first part
    is learned from, the last tests. At every place the target is the letter that comes next."""

    group: ClassVar[str] = "sequence"
    standardize: ClassVar[bool] = False  # pyright: ignore[reportIncompatibleVariableOverride]  tokens are no amounts
    in_order: ClassVar[bool] = True
    prompt: ClassVar[str]  # what a network is given that is to write on

    samples: int = setting(
        8000, "Windows", "How many windows of text, all splits together.", ge=50, le=100_000, step=50, log=True
    )
    window: int = setting(64, "Window", "How many letters follow one another in a window.", ge=4, le=512)

    def inputs(self) -> Tokens:
        return Tokens(length=self.window, vocabulary=len(self.vocabulary()))

    def target(self) -> Tokens:
        return self.inputs()

    def size(self) -> int:
        return self.samples

    def text(self, random: np.random.Generator, count: int) -> str:
        """At least so many letters."""
        raise NotImplementedError

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        count = self.samples * self.window
        tokens = self.numbered(self.text(random, count + 1))
        shape = (self.samples, self.window)
        return tokens[:count].reshape(shape), tokens[1 : count + 1].reshape(shape)

    def numbered(self, text: str) -> Array:
        """The number of each letter; of one that is unknown, the number of `UNKNOWN`, or of the first."""
        letters = self.vocabulary()
        codes = np.frombuffer(text.encode("utf-32-le"), np.uint32)
        numbers = np.full(int(codes.max(initial=0)) + 1, letters.index(UNKNOWN) if UNKNOWN in letters else 0)
        for number, letter in enumerate(letters):
            if ord(letter) < len(numbers):
                numbers[ord(letter)] = number
        return numbers[codes]
