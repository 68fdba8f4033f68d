"""Tokens of several characters that often stand together."""

from typing import ClassVar, Literal

from app.parts.part import setting
from app.parts.tokenizers.tokenizer import MOST_TOKENS, Tokenizer


class BytePairs(Tokenizer):
    """Begins with characters, and again and again makes one token of the two that stand together most often: endings,
    syllables, frequent words. The same window of tokens holds more text then.

    The pairs are of whole characters, so none is ever cut. Source: Sennrich et al. 2016, arXiv:1508.07909.
    """

    title: ClassVar[str] = "Byte pairs"
    also: ClassVar[tuple[str, ...]] = ("bpe", "byte pair encoding", "subwords", "sentencepiece", "gpt")

    kind: Literal["byte_pairs"] = "byte_pairs"
    size: int = setting(
        512,
        "Vocabulary",
        "How many different tokens there are at most: three quarters of them may be characters, and pairs fill it up. "
        "Characters that are rarer become the token <unk>.",
        ge=64,
        le=MOST_TOKENS,
        log=True,
    )
