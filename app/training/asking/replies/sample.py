"""Samples that are drawn from noise."""

from collections.abc import Generator
from typing import Any

import torch

from app.parts.questions.sample import Sample
from app.training.asking.replies.drawings import drawings
from app.training.asking.replies.from_noise import drawing_work, drawn_from
from app.training.asking.replies.reply import Reply
from app.training.asking.trained import entrance_of


class SampleReply(Reply):
    """Each part holds some `samples`, as nested lists of the numbers that stand in the data."""

    question: Sample

    def parts(self) -> Generator[dict[str, Any]]:
        question, entrance = self.question, entrance_of(self.folder.path)
        task, work = drawing_work(self.found.experiment, question.steps)
        chance = torch.Generator().manual_seed(question.seed)
        noise = torch.randn(question.count, *task.noise_sizes(entrance), generator=chance)
        told = work.all_of(question.label, len(noise))
        for samples in drawn_from(noise, told, work, self.found.networks):
            yield {"samples": drawings(samples, entrance)}
