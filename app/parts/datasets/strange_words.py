"""Reviews with words that nobody knows: is the opinion good or bad?"""

from functools import lru_cache
from typing import ClassVar, Literal, NamedTuple

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.worded import Worded
from app.parts.part import setting
from app.parts.problem import Edit, Fix, Problem

THINGS = ("food", "room", "service", "view", "film", "staff", "price", "music")
NOT = ("not", "never", "hardly")  # turn an opinion round
MOST = 8  # remarks
GOOD = (
    "good", "great", "lovely", "fine", "superb", "pleasant", "nice", "excellent", "charming", "splendid",
    "wonderful", "perfect", "brilliant", "delightful", "gorgeous", "fantastic", "friendly", "fresh", "clean", "fair",
)  # fmt: skip
BAD = (
    "bad", "awful", "poor", "dreadful", "dull", "horrible", "sad", "terrible", "boring", "nasty",
    "dirty", "ugly", "rotten", "rude", "stale", "shabby", "lousy", "grim", "unfair", "hopeless",
)  # fmt: skip
MADE_UP = 200
FIRST = ("b", "br", "d", "dr", "f", "g", "gl", "k", "kr", "l", "m", "n", "p", "pl", "r", "s", "sn", "t", "tr", "v", "z")
VOWELS = ("a", "e", "i", "o", "u")
LAST = ("b", "d", "f", "g", "k", "l", "lt", "m", "n", "nt", "p", "r", "rk", "s", "st", "v", "x")


class Adjectives(NamedTuple):
    """Words that praise and words that blame, as many of each."""

    good: tuple[str, ...]
    bad: tuple[str, ...]


class StrangeWords(Worded):
    """Reviews of one opinion each, written with 240 adjectives, of which 200 are made up: is it a good one?

    Each is a row of remarks such as “food lovely” or “staff zemut”. What a made-up word means shows only in the company
    it keeps: praise stands beside praise. A few labelled reviews hold few of the words, many reviews without labels
    hold them all. Where half of the remarks say it by “not” and the opposite, the company says nothing.
    """

    title: ClassVar[str] = "Strange words"
    also: ClassVar[tuple[str, ...]] = ("reviews", "sentiment", "made-up words", "few labels", "pre-training", "bert")

    kind: Literal["strange_words"] = "strange_words"
    samples: int = setting(
        3000, "Reviews", "How many reviews are made, all splits together.", ge=50, le=20_000, step=50, log=True
    )
    fewest: int = setting(1, "Fewest remarks", "How many remarks the shortest review has.", ge=1, le=MOST)
    most: int = setting(2, "Most remarks", "How many remarks the longest review has.", ge=1, le=MOST)
    negation: float = setting(
        0.0,
        "Negation",
        "Share of the remarks that say it by “not”, “never” or “hardly” and the opposite.",
        ge=0,
        le=0.5,
        step=0.05,
    )

    def check(self) -> None:
        super().check()
        if self.fewest > self.most:
            raise Problem(
                "The shortest review has {fewest} remarks, the longest only {most}.",
                place="/fewest",
                fewest=self.fewest,
                most=self.most,
                fixes=(Fix("At least {most}", {"most": self.most}, (Edit("add", "/fewest", self.most),)),),
            )

    def words(self) -> tuple[str, ...]:
        return _words()

    def longest(self) -> int:
        return self.most * (3 if self.negation else 2)

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        labels = np.arange(self.samples) % 2
        return self.numbered(self._written(random, bool(good)) for good in labels.tolist()), labels

    def _written(self, random: np.random.Generator, good: bool) -> str:
        """One review, its words parted by blanks."""
        known = adjectives()
        remarks: list[str] = []
        for _ in range(random.integers(self.fewest, self.most + 1)):
            turned = random.random() < self.negation
            words = known.good if good != turned else known.bad
            remarks += [_one(random, THINGS), *([_one(random, NOT)] if turned else []), _one(random, words)]
        return " ".join(remarks)


@lru_cache
def adjectives() -> Adjectives:
    """All of them, the same everywhere and always."""
    random = np.random.default_rng(0)
    known = {*THINGS, *NOT, *GOOD, *BAD}
    made: list[str] = []
    while len(made) < MADE_UP:
        word = "".join(_one(random, part) for part in (FIRST, VOWELS, FIRST, VOWELS, LAST))
        if word not in known:
            known.add(word)
            made.append(word)
    return Adjectives((*GOOD, *made[::2]), (*BAD, *made[1::2]))


@lru_cache
def _words() -> tuple[str, ...]:
    return tuple(sorted({*THINGS, *NOT, *adjectives().good, *adjectives().bad}))


def _one(random: np.random.Generator, words: tuple[str, ...]) -> str:
    return words[random.integers(len(words))]
