"""Samples that are drawn from noise."""

from collections.abc import Generator
from typing import Any

import torch

from app.parts.questions.sample import Sample
from app.parts.tasks.generating import Generating
from app.training.asking.replies.drawings import drawings
from app.training.asking.replies.reply import Reply
from app.training.asking.trained import entrance_of
from app.training.tasks import WORK
from app.training.tasks.generating import GeneratingWork

AT_ONCE = 16


class SampleReply(Reply):
    """Each part holds some `samples`, as nested lists of the numbers that stand in the data."""

    question: Sample

    def parts(self) -> Generator[dict[str, Any]]:
        question, entrance = self.question, entrance_of(self.folder.path)
        task, work = self._drawing()
        chance = torch.Generator().manual_seed(question.seed)
        noise = torch.randn(question.count, *task.noise_sizes(entrance), generator=chance)
        told = work.all_of(question.label, len(noise))
        for first in range(0, len(noise), AT_ONCE):
            some = slice(first, first + AT_ONCE)
            sides = {name: side[some] for name, side in told.items()}
            yield {"samples": drawings(work.drawn(self.found.networks, noise[some], sides), entrance)}

    def _drawing(self) -> tuple[Generating, GeneratingWork]:
        """The task, and what draws in as many steps as are asked for."""
        experiment, steps = self.found.experiment, self.question.steps
        task = experiment.task
        if not isinstance(task, Generating):
            raise ValueError(f"Expected a task that draws samples, but got {task.kind}.")
        if steps is not None:
            task = task.in_steps(steps)
            experiment = experiment.model_copy(update={"task": task})
        work = WORK[task.kind](experiment)
        if not isinstance(work, GeneratingWork):
            raise ValueError(f"Expected work that draws samples, but got {work}.")
        return task, work
