"""How a text is cut into byte pairs. Imported in the process that needs it and never before a fork."""

import json
from itertools import chain

import numpy as np
import tokenizers
from tokenizers import models, trainers

from app.parts.datasets.dataset import Array
from app.parts.tokenizers import Tokenizer
from app.parts.tokenizers.learned import UNKNOWN, Learned
from app.training.tokenizers.work import LEAST_COUNT, TokenizerWork, pieces_of


class BytePairsWork(TokenizerWork):
    """Hugging Face's `tokenizers` learns the pairs and cuts each different piece once."""

    def __init__(self, learned: Learned) -> None:
        super().__init__(learned)
        vocabulary = {token: number for number, token in enumerate(learned.tokens)}
        self._model = models.BPE(vocab=vocabulary, merges=list(learned.pairs), unk_token=UNKNOWN)
        self._tokenizer = tokenizers.Tokenizer(self._model)

    @staticmethod
    def learn(tokenizer: Tokenizer, text: str) -> Learned:
        learning = tokenizers.Tokenizer(models.BPE(unk_token=UNKNOWN))
        trainer = trainers.BpeTrainer(
            vocab_size=tokenizer.size,
            limit_alphabet=tokenizer.size * 3 // 4,
            min_frequency=LEAST_COUNT,
            special_tokens=[UNKNOWN],
            show_progress=False,
        )
        learning.train_from_iterator(pieces_of(text), trainer)
        return _read(learning.to_str())

    def encode(self, text: str) -> Array:
        pieces = pieces_of(text)
        different = list(dict.fromkeys(pieces))
        cut = dict(zip(different, (encoding.ids for encoding in self._tokenizer.encode_batch(different)), strict=True))
        return np.fromiter(chain.from_iterable(cut[piece] for piece in pieces), np.int64)


def _read(saved: str) -> Learned:
    """What the library has learned, from its own JSON."""
    model = json.loads(saved)["model"]
    tokens = sorted(model["vocab"], key=model["vocab"].__getitem__)
    return Learned(tuple(tokens), tuple((left, right) for left, right in model["merges"]))
