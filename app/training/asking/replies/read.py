"""What a network holds of a text, word by word."""

from collections.abc import Generator
from typing import Any

import torch

from app.parts.layers.over_time import PADDING
from app.parts.problem import Problem
from app.parts.questions.read import Read
from app.training.asking.new_samples import predictions
from app.training.asking.replies.reply import Reply
from app.training.asking.replies.words_apart import attention_on
from app.training.data.batch import Batch, X


class ReadReply(Reply):
    """Each part says after so many words of the `text` how likely each class is: `shares` by its name. The last says
    what each word matters: `left_out` how likely the likeliest class is without it, `attention` how much is on it."""

    question: Read

    def parts(self) -> Generator[dict[str, Any]]:
        words = self.question.text.split()
        if not words:
            raise Problem("There is no text to read.", place="/text")
        try:
            sample = self.found.experiment.dataset.sample_of(self.question.text)
        except Problem as problem:
            raise problem.at("/text") from None
        for count in range(1, len(words) + 1):
            shares = self._shares([" ".join(words[:count])])[0]
            part = {"text": " ".join(words[:count]), "shares": shares}
            yield part if count < len(words) else part | self._words_apart(words, sample, shares)

    def _shares(self, texts: list[str]) -> list[dict[str, float]]:
        told = predictions(self.folder, texts, self.found.step, self.question.live)
        return [dict(zip(told["classes"], outputs, strict=True)) for outputs in told["outputs"]]

    def _words_apart(self, words: list[str], sample: list[int], shares: dict[str, float]) -> dict[str, Any]:
        likeliest = max(shares, key=lambda name: shares[name])
        fewer = [" ".join(words[:place] + words[place + 1 :]) for place in range(len(words))]
        without = [changed[likeliest] for changed in self._shares(fewer)] if len(words) > 1 else [None]
        tokens = torch.tensor([sample])
        batch = Batch({X: tokens, PADDING: tokens == 0}, None, None, 1)
        attention = attention_on(self.work, self.found.networks, batch, len(words))
        return {
            "left_out": {"of": likeliest, "share": shares[likeliest], "without": without},
            **({} if attention is None else {"attention": attention}),
        }
