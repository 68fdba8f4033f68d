"""What is lost at each diffusion step."""

from collections.abc import Generator
from typing import Any

import numpy as np
import torch

from app.parts.questions.loss_by_time import LossByTime
from app.runs.log import sendable
from app.training.asking.replies.held_back import held_back
from app.training.asking.replies.reply import Reply
from app.training.data.batch import X
from app.training.tasks.diffusion import DiffusionWork

MOST_TIMES = 50


class LossByTimeReply(Reply):
    """A part for each `time`, evenly chosen among all: the mean `loss`, what always telling the mean pays (`plain`),
    and how much of a clean sample's variance is `left`, which papers call ᾱ."""

    question: LossByTime

    def parts(self) -> Generator[dict[str, Any]]:
        work, networks = self.work, self.found.networks
        if not isinstance(work, DiffusionWork):
            raise ValueError(f"Expected a network that takes noise away step by step, but got {work}.")
        batch = held_back(self.found, self.folder, self.question.count)
        x, sides = work.scaled(batch.inputs[X]), work.asked(batch)
        noise = torch.randn(x.shape, generator=torch.Generator().manual_seed(self.question.seed))
        most = work.task.times
        for time in np.linspace(1, most, min(most, MOST_TIMES)).round().astype(int).tolist():
            loss, plain = work.losses_at(networks, x, noise, time, sides)
            yield {"time": time, "loss": sendable(loss), "plain": plain, "left": float(work.kept[time])}
