"""How unlike real samples those are that are drawn in few steps, and in many."""

from collections.abc import Generator
from typing import Any

import torch

from app.parts.problem import Problem
from app.parts.questions.steps_against_quality import StepsAgainstQuality
from app.runs.log import sendable
from app.training.asking.replies.drawings import drawings
from app.training.asking.replies.held_back import held_back
from app.training.asking.replies.reply import Reply
from app.training.asking.trained import entrance_of
from app.training.data.batch import X
from app.training.tasks import WORK
from app.training.tasks.diffusion import DiffusionWork
from app.training.tasks.discrepancy import discrepancy

STEPS = (1, 2, 5, 10, 20, 50)  # and all diffusion steps
FRESH = (0.0, 1.0)  # η of DDIM, and of DDPM
MOST_NUMBERS = 6400  # of the samples that are sent of each
FEWEST = 4


class StepsAgainstQualityReply(Reply):
    """The first part holds the `chance`: the squared MMD that two halves of `count` real samples each stay below in 19
    of 20 splits; what the network predicts, and how much of a clean sample is `left` at the last diffusion step, as a
    share of its variance. Each further one says of so many `steps` and so much `fresh` noise how far `apart` drawn and
    real samples are, and holds some `samples`."""

    question: StepsAgainstQuality

    def parts(self) -> Generator[dict[str, Any]]:
        work, networks, entrance = self.work, self.found.networks, entrance_of(self.folder.path)
        if not isinstance(work, DiffusionWork):
            raise ValueError(f"Expected a network that draws in several steps, but got {work}.")
        task = work.task
        batch = held_back(self.found, self.folder, 2 * self.question.count)
        half = batch.size // 2
        if half < FEWEST:
            raise Problem("Too few samples were held back to compare with.", place="/count")
        real = batch.inputs[X].flatten(1)[: 2 * half]
        sides = {name: side[:half] for name, side in work.asked(batch).items()}
        chance = torch.Generator().manual_seed(self.question.seed)
        noise = torch.randn(half, *task.noise_sizes(entrance), generator=chance)
        shown = max(MOST_NUMBERS // real.shape[1], 10)
        known = discrepancy(real[half:], real)
        told = {"prediction": task.prediction, "left": float(work.kept[-1]), "times": task.times}
        yield {"chance": known.chance, "count": half, **told}
        for steps in (*(count for count in STEPS if count < task.times), task.times):
            for fresh in FRESH:
                drawing = self._drawing(steps, fresh)
                drawn = drawing.drawn(networks, noise, sides)
                apart = discrepancy(torch.nan_to_num(drawn.flatten(1)), real).apart
                some = drawings(drawn[:shown], entrance)
                yield {"steps": steps, "fresh": fresh, "apart": sendable(apart), "samples": some}

    def _drawing(self, steps: int, fresh: float) -> DiffusionWork:
        experiment = self.found.experiment
        task = experiment.task.model_copy(update={"sampling_steps": steps, "eta": fresh})
        work = WORK[task.kind](experiment.model_copy(update={"task": task}))
        if not isinstance(work, DiffusionWork):
            raise ValueError(f"Expected a network that draws in several steps, but got {work}.")
        return work
