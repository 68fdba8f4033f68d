"""What a code stands for."""

from collections.abc import Generator
from typing import Any

import torch
from torch import Tensor

from app.parts.problem import Problem
from app.parts.questions.decode import Decode
from app.training.asking.replies.beside_code import beside_code
from app.training.asking.replies.drawings import drawings
from app.training.asking.replies.reply import Reply
from app.training.asking.trained import entrance_of
from app.training.tasks.gan import GanWork
from app.training.tasks.reconstructing import ReconstructingWork


class DecodeReply(Reply):
    """One part: `samples` with the one that the code stands for."""

    question: Decode

    def parts(self) -> Generator[dict[str, Any]]:
        work, networks, label = self.work, self.found.networks, self.question.label
        if isinstance(work, GanWork):
            drawn = work.drawn(networks, self._code(work.task.latent), work.all_of(label, 1))
        elif isinstance(work, ReconstructingWork):
            code = self._code(work.task.code)
            drawn = networks["decoder"](code, **beside_code(self.found.experiment, label, 1))
        else:
            raise ValueError(f"Expected a task that draws from codes, but got {work}.")
        yield {"samples": drawings(drawn, entrance_of(self.folder.path))}

    def _code(self, size: int) -> Tensor:
        """The code that is asked about, (1, size); zeros where none is. Raises `Problem` where it has another size."""
        code = self.question.code or [0.0] * size
        if len(code) != size:
            raise Problem(
                "The code has {wanted} numbers here, but {given} are given.",
                place="/code",
                wanted=size,
                given=len(code),
            )
        return torch.tensor([code])
