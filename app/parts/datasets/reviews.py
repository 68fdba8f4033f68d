"""Short reviews: is the opinion good or bad?"""

from functools import lru_cache
from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.review_writing import LONGEST, Language, vocabulary, written
from app.parts.datasets.worded import Worded
from app.parts.part import setting


class Reviews(Worded):
    """Short reviews made by rule: is the opinion a good one? Words such as “not” turn it round, and of two clauses the
    one behind “but” decides.

    Which words occur says little; their order does. Small, rule-made text is not language: what is learned here will
    not understand a real review.
    """

    title: ClassVar[str] = "Reviews"
    also: ClassVar[tuple[str, ...]] = ("sentiment", "opinion", "text", "words", "negation", "nlp")

    kind: Literal["reviews"] = "reviews"
    samples: int = setting(
        3000, "Reviews", "How many reviews are made, all splits together.", ge=50, le=20_000, step=50, log=True
    )
    language: Language = setting(
        "en", "Language", "In which language they are written.", labels={"en": "English", "zh": "中文"}
    )

    def words(self) -> tuple[str, ...]:
        return _words(self.language)

    def longest(self) -> int:
        return LONGEST

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        labels = np.arange(self.samples) % 2
        return self.numbered(written(random, self.language, bool(good)) for good in labels.tolist()), labels


@lru_cache
def _words(language: Language) -> tuple[str, ...]:
    return tuple(vocabulary(language))
