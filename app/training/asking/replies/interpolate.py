"""What lies between two drawings."""

from collections.abc import Generator
from typing import Any

import torch

from app.parts.questions.interpolate import Interpolate
from app.training.asking.replies.beside_code import beside_code
from app.training.asking.replies.drawings import drawings
from app.training.asking.replies.given import given_sample
from app.training.asking.replies.reply import Reply
from app.training.asking.trained import entrance_of
from app.training.tasks.reconstructing import ReconstructingWork


class InterpolateReply(Reply):
    """One part: `samples`, and what each is `as`: the two that were `given` at both ends, and those `drawn` between."""

    question: Interpolate

    def parts(self) -> Generator[dict[str, Any]]:
        question, experiment, networks = self.question, self.found.experiment, self.found.networks
        if not isinstance(self.work, ReconstructingWork):
            raise ValueError(f"Expected a network that draws samples again, but got {self.work}.")
        first = given_sample(self.folder, experiment.dataset, question.first, "/first")
        second = given_sample(self.folder, experiment.dataset, question.second, "/second", other=1)
        begin, end = self.work.codes(networks, torch.cat([first, second]))
        codes = torch.stack([torch.lerp(begin, end, share) for share in torch.linspace(0, 1, question.count)])
        drawn = networks["decoder"](codes, **beside_code(experiment, question.label, len(codes)))
        shown = drawings(torch.cat([first, drawn, second]), entrance_of(self.folder.path))
        yield {"samples": shown, "as": ["given", *["drawn"] * len(drawn), "given"]}
