"""What a network holds a sound to be."""

from collections.abc import Generator
from typing import Any

import numpy as np

from app.parts.problem import Problem
from app.parts.questions.listen import Listen
from app.training.asking.new_samples import predictions
from app.training.asking.replies.reply import Reply
from app.training.asking.wav import wave_in


class ListenReply(Reply):
    """One part: the numbers that the network reads of the sound, `heard` (channels, moments), and how likely each class
    is: `shares` by its name."""

    question: Listen

    def parts(self) -> Generator[dict[str, Any]]:
        try:
            heard = self.found.experiment.dataset.hear(wave_in(self.question.sound))
        except Problem as problem:
            raise problem.at("/sound") from None
        told = predictions(self.folder, [heard.tolist()], self.found.step, self.question.live)
        shares = dict(zip(told["classes"], told["outputs"][0], strict=True))
        yield {"heard": np.round(heard, 4).tolist(), "shares": shares}
