"""Samples that are drawn from noise."""

from collections.abc import Generator
from typing import Any

import torch

from app.parts.questions.sample import Sample
from app.parts.tasks.generating import Generating
from app.training.asking.replies.drawings import drawings
from app.training.asking.replies.reply import Reply
from app.training.asking.trained import entrance_of
from app.training.tasks.generating import GeneratingWork

AT_ONCE = 16


class SampleReply(Reply):
    """Each part holds some `samples`, as nested lists of the numbers that stand in the data."""

    question: Sample

    def parts(self) -> Generator[dict[str, Any]]:
        task, work = self.found.experiment.task, self.work
        if not isinstance(task, Generating) or not isinstance(work, GeneratingWork):
            raise ValueError(f"Expected a task that draws samples, but got {task.kind}.")
        entrance = entrance_of(self.folder.path)
        chance = torch.Generator().manual_seed(self.question.seed)
        noise = torch.randn(self.question.count, *task.noise_sizes(entrance), generator=chance)
        for first in range(0, len(noise), AT_ONCE):
            some = noise[first : first + AT_ONCE]
            yield {"samples": drawings(work.drawn(self.found.networks, some), entrance)}
