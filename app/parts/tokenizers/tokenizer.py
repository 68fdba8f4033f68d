"""What every tokenizer says of itself. How it learns and cuts stands in `app/training/tokenizers/`."""

from typing import ClassVar

from app.parts.part import Part

UNKNOWN = "<unk>"  # token number 0 of a vocabulary that was learned: whatever was too rare to be learned
MOST_TOKENS = 8192


class Tokenizer(Part):
    """How a text is cut into tokens. What the tokens are is learned from the training part of the text, in a worker."""

    family: ClassVar[str] = "tokenizers"
    kind: str
    size: int

    def knows(self, letters: int) -> bool:
        """Whether letters that are known beforehand, so many, are its tokens, so that nothing has to be learned."""
        return False

    def vocabulary(self, letters: int) -> int:
        """How many tokens may be learned from a text of so many different letters, 0 where nobody knows how many."""
        return self.size
