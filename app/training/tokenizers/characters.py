"""How a text is cut into characters."""

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.tokenizers import Tokenizer
from app.parts.tokenizers.learned import UNKNOWN, Learned
from app.training.tokenizers.work import TokenizerWork, most_frequent


class CharactersWork(TokenizerWork):
    """A character is a code point of Unicode."""

    @staticmethod
    def learn(tokenizer: Tokenizer, text: str) -> Learned:
        return Learned((UNKNOWN, *most_frequent(text, tokenizer.size - 1)))

    def encode(self, text: str) -> Array:
        codes = np.frombuffer(text.encode("utf-32-le"), np.uint32)
        numbers = np.zeros(0x110000, np.int64)
        for number, token in enumerate(self.learned.tokens[1:], 1):
            numbers[ord(token)] = number
        return numbers[codes]
