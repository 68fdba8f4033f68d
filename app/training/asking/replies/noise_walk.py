"""What is drawn between two noises."""

from collections.abc import Generator
from typing import Any

import torch
from torch import Tensor

from app.parts.questions.noise_walk import NoiseWalk
from app.training.asking.replies.drawings import drawings
from app.training.asking.replies.from_noise import drawing_work, drawn_from
from app.training.asking.replies.reply import Reply
from app.training.asking.trained import entrance_of

STRAIGHT = 1e-4  # sine of an angle: noises that point the same way, or opposite ways, have no arc between them


class NoiseWalkReply(Reply):
    """Each part holds some `samples`, in the order of the walk."""

    question: NoiseWalk

    def parts(self) -> Generator[dict[str, Any]]:
        question, entrance = self.question, entrance_of(self.folder.path)
        task, work = drawing_work(self.found.experiment, question.steps, settled=True)
        sizes = task.noise_sizes(entrance)
        begin, end = (
            torch.randn(1, *sizes, generator=torch.Generator().manual_seed(seed))[0]
            for seed in (question.seed, question.to)
        )
        noise = arc(begin, end, question.count)
        told = work.of_each(len(noise))[0] if question.label is None else work.all_of(question.label, len(noise))
        for samples in drawn_from(noise, told, work, self.found.networks):
            yield {"samples": drawings(samples, entrance)}


def arc(begin: Tensor, end: Tensor, count: int) -> Tensor:
    """As many points (count, …) from one noise to another, in equal turns, and as long as noise is on the way. Source:
    Shoemake 1985, Animating Rotation with Quaternion Curves."""
    shares = torch.linspace(0, 1, count).reshape(-1, *[1] * begin.dim())
    cosine = torch.nn.functional.cosine_similarity(begin.flatten(), end.flatten(), dim=0).clamp(-1, 1)
    angle = cosine.acos()
    if angle.sin() < STRAIGHT:
        return torch.lerp(begin, end, shares)
    return (((1 - shares) * angle).sin() * begin + (shares * angle).sin() * end) / angle.sin()
