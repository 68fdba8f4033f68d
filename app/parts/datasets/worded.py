"""What short texts owe that are cut at blanks into words known beforehand, each text of one of two classes."""

from collections.abc import Iterable
from typing import Any, ClassVar

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.labelled import Labelled
from app.parts.problem import Problem
from app.parts.shapes import Tokens


class Worded(Labelled):
    """Short texts, filled up to one length with the token 0."""

    group: ClassVar[str] = "text"
    standardize: ClassVar[bool] = False  # pyright: ignore[reportIncompatibleVariableOverride]  tokens are no amounts
    class_names: ClassVar[tuple[str, ...]] = ("bad", "good")
    pads: ClassVar[bool] = True
    reads_text: ClassVar[bool] = True

    samples: int

    def words(self) -> tuple[str, ...]:
        """Every word that can occur, in the order of the alphabet."""
        raise NotImplementedError

    def longest(self) -> int:
        """How many words the longest text can have."""
        raise NotImplementedError

    def inputs(self) -> Tokens:
        return Tokens(length=self.longest(), vocabulary=len(self.vocabulary()))

    def vocabulary(self) -> list[str]:
        return ["", *self.words()]

    def size(self) -> int:
        return self.samples

    def numbered(self, texts: Iterable[str]) -> Array:
        """The tokens of each text, filled up: (texts, places)."""
        numbers = {word: number for number, word in enumerate(self.vocabulary())}
        rows = [[numbers[word] for word in text.split()] for text in texts]
        tokens = np.zeros((len(rows), self.longest()), np.int64)
        for row, found in zip(tokens, rows, strict=True):
            row[: len(found)] = found
        return tokens

    def sample_of(self, given: Any) -> Any:
        """Of a text: its words parted by blanks."""
        if not isinstance(given, str):
            return given
        words = given.lower().split()
        if len(words) > self.longest():
            raise Problem("The text has {count} words; {most} are the most.", count=len(words), most=self.longest())
        known = self.vocabulary()
        for word in words:
            if word not in known:
                raise Problem("The network has never seen the word {word}.", word=f"“{word[:60]}”")
        return [known.index(word) for word in words] + [0] * (self.longest() - len(words))
