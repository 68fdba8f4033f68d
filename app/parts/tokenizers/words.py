"""One token for each frequent word."""

from typing import ClassVar, Literal

from app.parts.part import setting
from app.parts.tokenizers.tokenizer import MOST_TOKENS, Tokenizer


class Words(Tokenizer):
    """Every frequent word is a token, with the blank before it, and so are signs. A word that is rare becomes <unk>,
    whatever its letters: nothing can be told of it, nor can it be written.

    Scripts that put no blanks between words have long ones, so few of them are frequent.
    """

    title: ClassVar[str] = "Words"
    also: ClassVar[tuple[str, ...]] = ("word level", "unknown words")

    kind: Literal["words"] = "words"
    size: int = setting(
        1000,
        "Vocabulary",
        "How many different tokens there are at most. Words that are rarer become the token <unk>.",
        ge=16,
        le=MOST_TOKENS,
        log=True,
    )
