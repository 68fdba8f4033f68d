"""How likely a language model holds each token to be the next one."""

from collections.abc import Generator
from contextlib import closing
from typing import Any

import torch

from app.parts.datasets.text import Text
from app.parts.questions.next_token import NextToken
from app.training.asking.replies.beginning import beginning_of
from app.training.asking.replies.likeliest import likeliest
from app.training.asking.replies.reply import Reply
from app.training.asking.writing import Choosing, shares_of
from app.training.going_on import Texts, scores_behind

MOST = 300  # tokens that are listed, the likeliest first


class NextTokenReply(Reply):
    """One part: the `likeliest` tokens; the `share` of one is 0 where temperature and limits leave it out."""

    question: NextToken

    def parts(self) -> Generator[dict[str, Any]]:
        question, dataset = self.question, self.found.experiment.dataset
        if not isinstance(dataset, Text):
            raise ValueError(f"Expected a text, but got {dataset.kind}.")
        prompt, tokens = beginning_of(self.folder, dataset, question.text)
        with closing(scores_behind(self.found.network, Texts(torch.tensor([prompt])), dataset.window)) as following:
            scores = next(following)[0]
        held = torch.softmax(scores, dim=0)
        shares = shares_of(scores, Choosing(question.temperature, question.top_k, question.top_p))
        shares = shares / shares.sum()
        yield likeliest(held.numpy(), shares.numpy(), tokens, MOST)
