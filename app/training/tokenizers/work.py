"""What the computing half of every tokenizer owes."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable

import regex

from app.parts.datasets.dataset import Array
from app.parts.tokenizers import Tokenizer
from app.parts.tokenizers.learned import Learned

# Words with the blank before them, at most three digits, signs, blanks: every character is in exactly one piece.
PIECE = regex.compile(r" ?[\p{L}\p{M}]{1,24}| ?\p{N}{1,3}| ?[^\s\p{L}\p{M}\p{N}]{1,24}|\s{1,24}(?!\S)|\s{1,24}")
LEAST_COUNT = 2  # what stands in the text only once is not learned


class TokenizerWork(ABC):
    """Cuts texts by what was learned."""

    def __init__(self, learned: Learned) -> None:
        self.learned = learned

    @staticmethod
    @abstractmethod
    def learn(tokenizer: Tokenizer, text: str) -> Learned:
        """The tokens that the tokenizer finds in a text, `unknown` not yet known. The same text gives the same."""

    @abstractmethod
    def encode(self, text: str) -> Array:
        """The numbers (n,) int64 of the tokens of a text."""


def pieces_of(text: str) -> list[str]:
    """The text in pieces, none longer than 24 characters. No token reaches over the end of a piece."""
    return PIECE.findall(text)


def most_frequent(found: Iterable[str], most: int) -> list[str]:
    """At most so many of what occurs, none that occurs only once, those alike in the order of their characters."""
    counts = [(piece, count) for piece, count in Counter(found).items() if count >= LEAST_COUNT]
    return sorted(piece for piece, _ in sorted(counts, key=lambda pair: (-pair[1], pair[0]))[:most])
