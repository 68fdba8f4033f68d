"""How likely a network holds each word where one was left blank."""

from collections.abc import Generator
from typing import Any

import torch

from app.parts.datasets.prepared import Array
from app.parts.problem import Problem
from app.parts.questions.fill import HIDDEN, Fill
from app.training.asking.replies.blanks import blanked, sample_with_blanks
from app.training.asking.replies.likeliest import likeliest
from app.training.asking.replies.reply import Reply
from app.training.asking.replies.words_apart import attention_on
from app.training.data.batch import Batch

MOST = 100  # words that are listed, the likeliest first


class FillReply(Reply):
    """A part for each blank, from left to right: `place` is that of the word in the text, with the `likeliest` words;
    the `share` of one is how likely it is held to be. Of a hidden word `word` and how likely it is `held`.
    What each word around it matters: `left_out` how likely the likeliest is with that blank, too, None for blanks;
    `attention` how much of it goes there from the blank."""

    question: Fill

    def parts(self) -> Generator[dict[str, Any]]:
        dataset, words = self.found.experiment.dataset, self.question.text.split()
        blanks = {place for place, word in enumerate(words) if word == HIDDEN}
        hidden = set(self.question.hidden) - blanks
        places = sorted(blanks | hidden)
        if not places:
            raise Problem("There is no blank to fill: write _ where a word is to be told.", place="/text")
        if places[-1] >= len(words):
            raise Problem(
                "The text has {count} words, so there is none at place {at}.",
                place="/hidden",
                count=len(words),
                at=places[-1],
            )
        known = dataset.vocabulary()
        sample = sample_with_blanks(dataset, words)
        batch = blanked(sample, [places])
        shares = self._shares(batch)[0]
        fewer = [[*places, place] for place in range(len(words))]
        without = self._shares(blanked(sample, fewer))  # (words, vocabulary, places)
        for place in places:
            held = shares[:, place]
            told: dict[str, Any] = {"place": place}
            if place in hidden:
                told |= {"word": known[sample[place]], "held": float(held[sample[place]])}
            best = int(held.argmax())
            left_out = [None if other in places else float(without[other, best, place]) for other in range(len(words))]
            attention = attention_on(self.work, self.found.networks, batch, len(words), looking=place)
            yield {
                **told,
                **likeliest(held, held, known, MOST),
                "left_out": {"of": known[best], "share": float(held[best]), "without": left_out},
                **({} if attention is None else {"attention": attention}),
            }

    def _shares(self, batch: Batch) -> Array:
        """How likely each token is held at each place, (samples, vocabulary, places)."""
        return torch.softmax(self.work.answer(self.found.networks, batch), dim=1).numpy()
