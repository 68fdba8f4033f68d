"""A text that is written on, token by token."""

from collections.abc import Generator
from itertools import islice
from typing import Any

from app.parts.datasets.text import UNKNOWN, Text
from app.parts.problem import Problem
from app.parts.questions.write_on import WriteOn
from app.training.asking.replies.reply import Reply
from app.training.asking.trained import entrance_of
from app.training.asking.writing import Choosing, writing
from app.training.tokenizers import tokens_of


class WriteOnReply(Reply):
    """Each part is the `text` of one more token."""

    question: WriteOn

    def parts(self) -> Generator[dict[str, Any]]:
        question, dataset = self.question, self.found.experiment.dataset
        if not isinstance(dataset, Text):
            raise ValueError(f"Expected a text, but got {dataset.kind}.")
        entrance = entrance_of(self.folder.path)
        tokens = entrance.vocabulary(dataset)
        beginning = question.text or dataset.prompt
        strange = sorted(set(beginning) - set(tokens))
        if strange and dataset.vocabulary() and UNKNOWN not in tokens:
            raise Problem(
                "The network has never seen {letters}.", place="/text", letters=" ".join(map(repr, strange[:10]))
            )
        choosing = Choosing(question.temperature, question.top_k, question.top_p, question.seed)
        prompt = tokens_of(dataset, entrance, beginning).tolist()
        for token in islice(writing(self.found.network, prompt, choosing, window=dataset.window), question.count):
            yield {"text": tokens[token]}
