"""What a network makes of a drawing under noise."""

from collections.abc import Generator
from typing import Any

import torch

from app.parts.questions.denoise import Denoise
from app.training.asking.replies.drawings import drawings
from app.training.asking.replies.given import given_sample
from app.training.asking.replies.reply import Reply
from app.training.asking.trained import entrance_of
from app.training.tasks.cleaning import Cleaning


class DenoiseReply(Reply):
    """Parts hold `samples`, and what each is `as`: `given`, `noisy`, what the network `made_out` at the first look,
    where it takes several, and `clean`."""

    question: Denoise

    def parts(self) -> Generator[dict[str, Any]]:
        question, work, entrance = self.question, self.work, entrance_of(self.folder.path)
        if not isinstance(work, Cleaning):
            raise ValueError(f"Expected a network that takes noise away, but got {work}.")
        x = given_sample(self.folder, self.found.experiment.dataset, question.sample, "/sample")
        noise = torch.randn(x.shape, generator=torch.Generator().manual_seed(question.seed))
        noisy = work.roughened(x, noise, question.amount)
        cleaned = work.cleaned(self.found.networks, noisy, question.amount, question.label)
        yield {"samples": drawings(torch.cat([x, noisy]), entrance), "as": ["given", "noisy"]}
        for name, drawn in cleaned.items():
            yield {"samples": drawings(drawn, entrance), "as": [name] * len(drawn)}
