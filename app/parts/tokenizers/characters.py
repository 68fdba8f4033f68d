"""One token for each character."""

from typing import ClassVar, Literal

from app.parts.part import setting
from app.parts.tokenizers.tokenizer import MOST_TOKENS, Tokenizer


class Characters(Tokenizer):
    """Every character is a token: few different ones, long sequences, and no word that could not be written.

    The network has to learn by itself which characters make a word.
    """

    title: ClassVar[str] = "Characters"
    also: ClassVar[tuple[str, ...]] = ("letters", "char-rnn", "code points")

    kind: Literal["characters"] = "characters"
    size: int = setting(
        1000,
        "Vocabulary",
        "How many different tokens there are at most. What is rarer becomes the token <unk>.",
        ge=16,
        le=MOST_TOKENS,
        log=True,
    )

    def knows(self, letters: int) -> bool:
        return 0 < letters <= self.size

    def vocabulary(self, letters: int) -> int:
        return min(self.size, letters + 1) if letters else self.size
