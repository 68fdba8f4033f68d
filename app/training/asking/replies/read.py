"""What a network holds of a text, word by word."""

from collections.abc import Generator
from typing import Any

from app.parts.problem import Problem
from app.parts.questions.read import Read
from app.training.asking.new_samples import predictions
from app.training.asking.replies.reply import Reply


class ReadReply(Reply):
    """Each part says after so many words of the `text` how likely each class is: `shares` by its name."""

    question: Read

    def parts(self) -> Generator[dict[str, Any]]:
        words = self.question.text.split()
        if not words:
            raise Problem("There is no text to read.", place="/text")
        try:
            self.found.experiment.dataset.sample_of(self.question.text)
        except Problem as problem:
            raise problem.at("/text") from None
        for count in range(1, len(words) + 1):
            text = " ".join(words[:count])
            told = predictions(self.folder, [text], self.found.step)
            yield {"text": text, "shares": dict(zip(told["classes"], told["outputs"][0], strict=True))}
