"""A text that is translated, token by token."""

from collections.abc import Generator
from contextlib import closing
from itertools import islice
from typing import Any

import torch
from torch import Tensor

from app.parts.datasets.translated import END, Translated
from app.parts.layers.over_time import PADDING
from app.parts.problem import Problem
from app.parts.questions import Question
from app.parts.questions.translate import Translate
from app.runs.folder import RunFolder
from app.training.asking.beams import Beam, beams
from app.training.asking.replies.reply import Reply
from app.training.asking.trained import Trained
from app.training.asking.writing import Choosing, choices
from app.training.data.batch import Batch, X
from app.training.tasks.translation import Looking, TranslationWork, begun


class TranslateReply(Reply):
    """The first part holds the tokens of the `source`, each further one the `text` of one token, what stands between it
    and the one before included, and `looked`: the shares of the source's tokens. With beams it holds the `beams` that
    are best by then, each with the place `behind` which it goes on, the same of its newest token, its
    `log_probability`, its `score`, and whether it has `ended`. The last holds the `whole` text."""

    question: Translate

    def __init__(self, folder: RunFolder, found: Trained, question: Question) -> None:
        super().__init__(folder, found, question)
        dataset = found.experiment.dataset
        if not isinstance(dataset, Translated) or not isinstance(self.work, TranslationWork):
            raise ValueError(f"Expected pairs of texts, but got {dataset.kind}.")
        self.dataset, self.translating = dataset, self.work
        self.answers = dataset.target_vocabulary()

    def parts(self) -> Generator[dict[str, Any]]:
        networks, most = self.found.networks, self.translating.places
        read = self._read()
        names = self.dataset.vocabulary()
        source = [names[token] for token in read if token]
        yield {"source": source}
        tokens, texts = torch.tensor([read]), begun(1)
        batch = Batch({X: tokens, PADDING: tokens == 0}, None, None, 1)
        written: tuple[int, ...] = ()
        with Looking(networks) as looking, closing(self.translating.following(networks, batch, texts)) as following:
            if self.question.beams is None:
                for token in islice(choices(following, texts, self._choosing()), most):
                    if token == END:
                        break
                    written = (*written, token)
                    yield self._newest(written, looking.shares()[0, : len(source)])
            else:
                penalty = self.question.length_penalty
                search = beams(following, texts, self.question.beams, end=END, length_penalty=penalty)
                for found in islice(search, most):
                    written, shares = found[0].tokens, looking.shares()[:, : len(source)]
                    yield {"beams": [self._told(beam, shares) for beam in found]}
        yield {"whole": self.dataset.text_of(list(written))}

    def _read(self) -> list[int]:
        """The tokens of the text that is to be translated, filled up."""
        if not self.question.text.strip():
            raise Problem("There is no text to read.", place="/text")
        try:
            return self.dataset.sample_of(self.question.text)
        except Problem as problem:
            raise problem.at("/text") from None

    def _choosing(self) -> Choosing:
        question = self.question
        return Choosing(question.temperature, question.top_k, question.top_p, question.seed)

    def _told(self, beam: Beam, shares: Tensor) -> dict[str, Any]:
        """One beam, by the shares (rows, places of the source) of the last pass."""
        nothing: dict[str, Any] = {"text": "", "looked": []}
        newest = nothing if beam.row is None or beam.ended else self._newest(beam.tokens, shares[beam.row])
        return {
            "behind": beam.behind,
            **newest,
            "log_probability": beam.log_probability,
            "score": beam.score(self.question.length_penalty),
            "ended": beam.ended,
        }

    def _newest(self, written: tuple[int, ...], shares: Tensor) -> dict[str, Any]:
        *before, newest = written
        return {"text": (self.dataset.gap if before else "") + self.answers[newest], "looked": shares.tolist()}
