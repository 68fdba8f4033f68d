"""Beam search: of all ways to write a text on, the likeliest few go on together."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from app.training.going_on import Texts


@dataclass(frozen=True)
class Beam:
    """A text so far. `tokens` are those behind its beginning, `log_probability` is that of all of them together.
    `behind` is the place among the beams before of the text that it goes on from, and `row` that of the scores by which
    its newest token was chosen; None where it had ended before."""

    tokens: tuple[int, ...] = ()
    log_probability: float = 0.0
    ended: bool = False
    behind: int = 0
    row: int | None = None

    def score(self, length_penalty: float) -> float:
        """What beams are compared by: log-probability / length^penalty. Source: Wu et al. 2016, arXiv:1609.08144."""
        return self.log_probability / max(len(self.tokens), 1) ** length_penalty


def beams(
    following: Iterator[Tensor], texts: Texts, width: int, *, end: int | None = None, length_penalty: float = 0.0
) -> Iterator[list[Beam]]:
    """The best `width` beams after each further token, the best first, until all have ended. With a width of 1 it takes
    the likeliest token each time. `texts` begin as the single text to go on from, and `following` gives the scores of
    what comes behind them; what has ended with the token `end` is asked no more."""
    beginning, found = texts.tokens, [Beam()]
    while going := [place for place, beam in enumerate(found) if not beam.ended]:
        longer = [replace(beam, behind=place, row=None) for place, beam in enumerate(found) if beam.ended]
        for row, (place, scores) in enumerate(zip(going, next(following), strict=True)):
            more = _lengthened(found[place], scores, width, end)
            longer += [replace(beam, behind=place, row=row) for beam in more]
        longer.sort(key=lambda beam: beam.score(length_penalty), reverse=True)
        found = longer[:width]
        yield found
        rows = [beam for beam in found if not beam.ended]
        written = torch.tensor([beam.tokens for beam in rows])
        texts.tokens = torch.cat((beginning.expand(len(rows), -1), written), dim=1) if rows else texts.tokens
        texts.behind = torch.tensor([beam.row for beam in rows])


def _lengthened(beam: Beam, scores: Tensor, width: int, end: int | None) -> list[Beam]:
    """The likeliest ways of a beam to go on, by the scores (vocabulary,) of what follows."""
    likely = scores.double().log_softmax(0).numpy()
    order: list[int] = np.argsort(-scores.numpy(), kind="stable")[:width].tolist()
    return [Beam((*beam.tokens, token), beam.log_probability + float(likely[token]), token == end) for token in order]
