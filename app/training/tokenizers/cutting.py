"""A tokenizer at work on a whole text: learned from its beginning, and how much of it is unknown."""

import os
from dataclasses import replace

from app.parts.datasets.dataset import Array
from app.parts.datasets.prepared import Prepared
from app.parts.datasets.text import Text
from app.parts.tokenizers import Tokenizer
from app.parts.tokenizers.learned import Learned
from app.training.late import BYTE_PAIRS, late
from app.training.tokenizers.characters import CharactersWork
from app.training.tokenizers.words import WordsWork
from app.training.tokenizers.work import TokenizerWork

os.environ["TOKENIZERS_PARALLELISM"] = "false"  # before its library is there: threads cost more than they give here
MOST_LEARNED = 2_000_000  # characters that are learned from
WORK: dict[str, type[TokenizerWork]] = {"characters": CharactersWork, "words": WordsWork}
LATE = {"byte_pairs": (BYTE_PAIRS, "BytePairsWork")}


def work_of(kind: str) -> type[TokenizerWork]:
    """The computing half of a kind; where a library is needed, it is imported now."""
    if kind in WORK:
        return WORK[kind]
    module, name = LATE[kind]
    return getattr(late(module), name)


def cutting(tokenizer: Tokenizer, learned: Learned) -> TokenizerWork:
    """What cuts texts as was learned."""
    return work_of(tokenizer.kind)(learned)


def learned_from(tokenizer: Tokenizer, beginning: str) -> Learned:
    """The tokens found in the beginning of a text."""
    return work_of(tokenizer.kind).learn(tokenizer, beginning[:MOST_LEARNED])


def tokens_of(dataset: Text, entrance: Prepared, text: str) -> Array:
    """The numbers (n,) of the tokens of a text that somebody writes, as a run has learned to cut."""
    learned = entrance.learned
    return dataset.numbered(text) if learned is None else cutting(dataset.tokenizer, learned).encode(text)


def prompt_of(dataset: Text, entrance: Prepared) -> Array:
    """The tokens (n,) that a network is given that is to write on, where nobody says others."""
    return tokens_of(dataset, entrance, dataset.prompt)


def cut(tokenizer: Tokenizer, text: str, training: int) -> tuple[Array, Learned]:
    """The tokens (n,) of a text, learned from its first `training` characters, and what was learned."""
    learned = learned_from(tokenizer, text[:training])
    tokens = cutting(tokenizer, learned).encode(text)
    unknown = float((tokens == 0).mean()) if len(tokens) else 0.0
    return tokens, replace(learned, unknown=unknown, kind=tokenizer.kind)
