"""A text that is written on, token by token."""

from collections.abc import Generator
from itertools import islice
from typing import Any

from app.parts.datasets.text import Text
from app.parts.questions.write_on import WriteOn
from app.training.asking.replies.beginning import beginning_of
from app.training.asking.replies.reply import Reply
from app.training.asking.writing import Choosing, writing


class WriteOnReply(Reply):
    """Each part is the `text` of one more token."""

    question: WriteOn

    def parts(self) -> Generator[dict[str, Any]]:
        question, dataset = self.question, self.found.experiment.dataset
        if not isinstance(dataset, Text):
            raise ValueError(f"Expected a text, but got {dataset.kind}.")
        prompt, tokens = beginning_of(self.folder, dataset, question.text)
        choosing = Choosing(question.temperature, question.top_k, question.top_p, question.seed)
        for token in islice(writing(self.found.network, prompt, choosing, window=dataset.window), question.count):
            yield {"text": tokens[token]}
