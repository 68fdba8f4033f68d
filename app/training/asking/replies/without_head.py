"""What a network loses without one of its heads of attention."""

from collections.abc import Generator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from app.parts.problem import Problem
from app.parts.questions.without_head import WithoutHead
from app.runs.folder import RunFolder
from app.runs.log import sendable
from app.training import modules
from app.training.asking.replies.reply import Reply
from app.training.asking.trained import Trained
from app.training.data.samples import ArraySamples, samples_of
from app.training.probes.roles import attentions

MOST, AT_ONCE = 512, 64  # samples


class WithoutHeadReply(Reply):
    """One part: the metrics `with` and `without` the head, over so many `samples` of the `split` they are held out in;
    those of training where none are."""

    question: WithoutHead

    def parts(self) -> Generator[dict[str, Any]]:
        layers = list(attentions(self.found.networks).values())
        if self.question.attention > len(layers):
            raise Problem(
                "The network has {count} attentions, so there is none with number {at}.",
                place="/attention",
                count=len(layers),
                at=self.question.attention,
            )
        layer = layers[self.question.attention - 1]
        if self.question.head > layer.heads:
            raise Problem(
                "This attention has {count} heads, so there is none with number {at}.",
                place="/head",
                count=layer.heads,
                at=self.question.head,
            )
        samples = _samples(self.found, self.folder.path)
        self.work.enter(samples.prepared)
        split = "validation" if samples.count("validation") else "train"
        whole = self._measured(samples, split)
        with switched_off(layer, self.question.head - 1):
            without = self._measured(samples, split)
        count = min(samples.count(split), MOST)
        yield {"split": split, "samples": count, "with": whole, "without": without}

    def _measured(self, samples: ArraySamples, split: str) -> dict[str, Any]:
        """The metrics over some samples of a split that are spread evenly."""
        count = samples.count(split)
        rows = np.linspace(0, count - 1, min(count, MOST)).astype(np.int64)
        tally = self.work.tally()
        for first in range(0, len(rows), AT_ONCE):
            batch = samples.batch(split, rows[first : first + AT_ONCE])
            tally.add(self.work.measurable(self.found.networks, batch), batch)
        return {name: sendable(value) for name, value in tally.metrics().items()}


@contextmanager
def switched_off(layer: modules.Attention, head: int) -> Generator[None]:
    """What a head, counted from 0, finds counts for nothing, until the end."""
    width = layer.out_proj.in_features // layer.heads
    own = layer.out_proj.weight[:, head * width : (head + 1) * width]
    kept = own.clone()
    own.zero_()
    try:
        yield
    finally:
        own.copy_(kept)


@lru_cache(maxsize=1)  # a process that stays for the next question has them at hand
def _samples(found: Trained, run: Path) -> ArraySamples:
    return samples_of(found.experiment, RunFolder(run).data)
