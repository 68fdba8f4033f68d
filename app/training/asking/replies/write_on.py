"""A text that is written on, token by token."""

from collections.abc import Generator
from contextlib import closing
from itertools import islice
from typing import Any

import torch

from app.parts.datasets.text import Text
from app.parts.questions.write_on import WriteOn
from app.training.asking.beams import Beam, beams
from app.training.asking.replies.beginning import beginning_of
from app.training.asking.replies.reply import Reply
from app.training.asking.writing import Choosing, writing
from app.training.going_on import Texts, scores_behind


class WriteOnReply(Reply):
    """Each part is the `text` of one more token; with beams, the `beams` that are best after one more, each with the
    place `behind` which it goes on, the `text` of its newest token and its `log_probability`, and at the end the
    `whole` text of the best."""

    question: WriteOn

    def parts(self) -> Generator[dict[str, Any]]:
        question, dataset = self.question, self.found.experiment.dataset
        if not isinstance(dataset, Text):
            raise ValueError(f"Expected a text, but got {dataset.kind}.")
        prompt, tokens = beginning_of(self.folder, dataset, question.text)
        if question.beams is not None:
            yield from self._by_beams(prompt, tokens, dataset.window, question.beams)
            return
        choosing = Choosing(question.temperature, question.top_k, question.top_p, question.seed)
        for token in islice(writing(self.found.network, prompt, choosing, window=dataset.window), question.count):
            yield {"text": tokens[token]}

    def _by_beams(self, prompt: list[int], tokens: list[str], window: int, width: int) -> Generator[dict[str, Any]]:
        texts, best = Texts(torch.tensor([prompt])), Beam()
        with closing(scores_behind(self.found.network, texts, window)) as following:
            for found in islice(beams(following, texts, width), self.question.count):
                best = found[0]
                yield {
                    "beams": [
                        {
                            "behind": beam.behind,
                            "text": tokens[beam.tokens[-1]],
                            "log_probability": beam.log_probability,
                        }
                        for beam in found
                    ]
                }
        yield {"whole": "".join(tokens[token] for token in best.tokens)}
