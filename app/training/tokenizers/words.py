"""How a text is cut into words."""

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.tokenizers import Tokenizer
from app.parts.tokenizers.learned import UNKNOWN, Learned
from app.training.tokenizers.work import TokenizerWork, most_frequent, pieces_of


class WordsWork(TokenizerWork):
    """A word is a piece."""

    @staticmethod
    def learn(tokenizer: Tokenizer, text: str) -> Learned:
        return Learned((UNKNOWN, *most_frequent(pieces_of(text), tokenizer.size - 1)))

    def encode(self, text: str) -> Array:
        numbers = {token: number for number, token in enumerate(self.learned.tokens) if number}
        return np.array([numbers.get(piece, 0) for piece in pieces_of(text)], np.int64)
