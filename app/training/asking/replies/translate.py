"""A text that is translated, token by token."""

from collections.abc import Generator
from typing import Any

import torch

from app.parts.datasets.translated import END, Translated
from app.parts.layers.over_time import PADDING
from app.parts.problem import Problem
from app.parts.questions.translate import Translate
from app.training.asking.replies.reply import Reply
from app.training.data.batch import Batch, X
from app.training.tasks.translation import Looking, TranslationWork


class TranslateReply(Reply):
    """The first part holds the tokens of the `source`, each further one the `text` of one token, what stands between it
    and the one before included, and `looked`: the shares of the source's tokens. The last holds the `whole` text."""

    question: Translate

    def parts(self) -> Generator[dict[str, Any]]:
        dataset, work = self.found.experiment.dataset, self.work
        if not isinstance(dataset, Translated) or not isinstance(work, TranslationWork):
            raise ValueError(f"Expected pairs of texts, but got {dataset.kind}.")
        if not self.question.text.strip():
            raise Problem("There is no text to read.", place="/text")
        try:
            read: list[int] = dataset.sample_of(self.question.text)
        except Problem as problem:
            raise problem.at("/text") from None
        names, answers = dataset.vocabulary(), dataset.target_vocabulary()
        source = [names[token] for token in read if token]
        yield {"source": source}
        tokens = torch.tensor([read])
        batch = Batch({X: tokens, PADDING: tokens == 0}, None, None, 1)
        written: list[int] = []
        with Looking(self.found.networks) as looking:
            for token in work.writing(self.found.networks, batch):
                if token.item() == END:
                    break
                gap = dataset.gap if written else ""
                written.append(int(token.item()))
                yield {"text": gap + answers[written[-1]], "looked": looking.shares()[0, : len(source)].tolist()}
        yield {"whole": dataset.text_of(written)}
