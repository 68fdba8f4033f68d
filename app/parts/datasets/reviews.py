"""Short reviews: is the opinion good or bad?"""

from functools import lru_cache
from typing import Any, ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.labelled import Labelled
from app.parts.datasets.review_writing import LONGEST, Language, vocabulary, written
from app.parts.part import setting
from app.parts.problem import Problem
from app.parts.shapes import Tokens


class Reviews(Labelled):
    """Short reviews made by rule: is the opinion a good one? Words such as “not” turn it round, and of two clauses the
    one behind “but” decides.

    Which words occur says little; their order does. Small, rule-made text is not language: what is learned here will
    not understand a real review.
    """

    title: ClassVar[str] = "Reviews"
    group: ClassVar[str] = "sequence"
    also: ClassVar[tuple[str, ...]] = ("sentiment", "opinion", "text", "words", "negation", "nlp")
    standardize: ClassVar[bool] = False  # pyright: ignore[reportIncompatibleVariableOverride]  tokens are no amounts
    class_names: ClassVar[tuple[str, ...]] = ("bad", "good")
    pads: ClassVar[bool] = True
    reads_text: ClassVar[bool] = True

    kind: Literal["reviews"] = "reviews"
    samples: int = setting(
        3000, "Reviews", "How many reviews are made, all splits together.", ge=50, le=20_000, step=50, log=True
    )
    language: Language = setting(
        "en", "Language", "In which language they are written.", labels={"en": "English", "zh": "中文"}
    )

    def inputs(self) -> Tokens:
        return Tokens(length=LONGEST, vocabulary=len(self.vocabulary()))

    def vocabulary(self) -> list[str]:
        return ["", *_words(self.language)]

    def size(self) -> int:
        return self.samples

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        labels = np.arange(self.samples) % 2
        numbers = {word: number for number, word in enumerate(self.vocabulary())}
        tokens = np.zeros((self.samples, LONGEST), np.int64)
        for row, good in enumerate(labels.tolist()):
            words = written(random, self.language, bool(good)).split()
            tokens[row, : len(words)] = [numbers[word] for word in words]
        return tokens, labels

    def sample_of(self, given: Any) -> Any:
        """Of a text: its words parted by blanks."""
        if not isinstance(given, str):
            return given
        words = given.lower().split()
        if len(words) > LONGEST:
            raise Problem("The text has {count} words; {most} are the most.", count=len(words), most=LONGEST)
        known = self.vocabulary()
        for word in words:
            if word not in known:
                raise Problem("The network has never seen the word {word}.", word=f"“{word[:60]}”")
        return [known.index(word) for word in words] + [0] * (LONGEST - len(words))


@lru_cache
def _words(language: Language) -> tuple[str, ...]:
    return tuple(vocabulary(language))
