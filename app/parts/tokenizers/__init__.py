"""The tokenizers, one per file. A new one is one line in the list."""

from app.parts.choice import choice_of
from app.parts.tokenizers.byte_pairs import BytePairs
from app.parts.tokenizers.characters import Characters
from app.parts.tokenizers.tokenizer import Tokenizer
from app.parts.tokenizers.words import Words

TOKENIZERS = (Characters, BytePairs, Words)
AnyTokenizer = choice_of(TOKENIZERS)

__all__ = ["TOKENIZERS", "AnyTokenizer", "Tokenizer"]
