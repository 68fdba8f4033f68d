"""Little stories whose true entropy is known."""

from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.story_writing import Language, entropy, story
from app.parts.datasets.story_writing import letters as letters_of
from app.parts.datasets.text import Text
from app.parts.part import setting


class Stories(Text):
    """Little stories made by rule, one after another, letter by letter. Who a story is about must be remembered.

    Since the rules are known, so is the number of bits per letter that nobody can do without: a network can be measured
    by how near it comes.
    """

    title: ClassVar[str] = "Stories"
    also: ClassVar[tuple[str, ...]] = ("text", "characters", "language model", "entropy", "tiny stories")
    prompt: ClassVar[str] = "\n"

    kind: Literal["stories"] = "stories"
    language: Language = setting(
        "en", "Language", "In which language they are written.", labels={"en": "English", "zh": "中文"}
    )

    def letters(self) -> list[str]:
        return letters_of(self.language)

    def entropy(self) -> float:
        return entropy(self.language)

    def text(self, random: np.random.Generator, count: int) -> str:
        pieces: list[str] = []
        left = count
        while left > 0:
            pieces.append(story(random, self.language))
            left -= len(pieces[-1])
        return "".join(pieces)
