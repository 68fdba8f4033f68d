"""What a code stands for."""

from collections.abc import Generator
from typing import Any

import torch

from app.parts.problem import Problem
from app.parts.questions.decode import Decode
from app.parts.tasks.reconstructing import Reconstructing
from app.training.asking.replies.beside_code import beside_code
from app.training.asking.replies.drawings import drawings
from app.training.asking.replies.reply import Reply
from app.training.asking.trained import entrance_of


class DecodeReply(Reply):
    """One part: `samples` with the one that the code stands for."""

    question: Decode

    def parts(self) -> Generator[dict[str, Any]]:
        experiment, question = self.found.experiment, self.question
        task = experiment.task
        if not isinstance(task, Reconstructing):
            raise ValueError(f"Expected a task that draws samples again, but got {task.kind}.")
        code = question.code or [0.0] * task.code
        if len(code) != task.code:
            raise Problem(
                "The code has {wanted} numbers here, but {given} are given.",
                place="/code",
                wanted=task.code,
                given=len(code),
            )
        drawn = self.found.networks["decoder"](torch.tensor([code]), **beside_code(experiment, question.label, 1))
        yield {"samples": drawings(drawn, entrance_of(self.folder.path))}
