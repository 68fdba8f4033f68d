"""What pairs of texts owe, of which one is to be told from the other."""

from typing import Any, ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array, Dataset
from app.parts.part import setting
from app.parts.problem import Problem
from app.parts.shapes import Tokens

Language = Literal["en", "zh"]
PAD, END = 0, 1  # tokens of what is written: one fills up, one ends the text, and also stands where it begins
END_SIGN = "■"
ATTEMPTS = 50  # at drawing as many different amounts as are asked for


class Translated(Dataset):
    """The same amount said in two ways: in words, and in figures. A dataset says which amounts there are and how each
    is said; none comes twice, so what is held back was never seen."""

    group: ClassVar[str] = "text"
    standardize: ClassVar[bool] = False  # pyright: ignore[reportIncompatibleVariableOverride]  tokens are no amounts
    pads: ClassVar[bool] = True
    reads_text: ClassVar[bool] = True

    samples: int = setting(
        6000, "Pairs", "How many pairs are made, all splits together.", ge=50, le=20_000, step=50, log=True
    )
    language: Language = setting(
        "en", "Language", "In which language the words are.", labels={"en": "English", "zh": "中文"}
    )
    direction: Literal["to_figures", "to_words"] = setting(
        "to_figures",
        "Direction",
        "What is read, and what is written. Words are read in all their ways, and written in the first one.",
        labels={"to_figures": "words to figures", "to_words": "figures to words"},
    )

    def amounts(self, random: np.random.Generator, count: int) -> Array:
        """So many amounts (count,), drawn at random; some may be the same."""
        raise NotImplementedError

    def words(self) -> tuple[str, ...]:
        """The tokens of the words; of Chinese, single characters."""
        raise NotImplementedError

    def figures(self) -> str:
        """The tokens of the figures: single characters."""
        raise NotImplementedError

    def in_words(self, amount: int, random: np.random.Generator | None) -> list[str]:
        """An amount in words, in one of the ways as chance has it; without chance in the first."""
        raise NotImplementedError

    def in_figures(self, amount: int) -> str:
        """An amount in figures."""
        raise NotImplementedError

    def most(self) -> tuple[int, int]:
        """How many tokens an amount has at most, in words and in figures."""
        raise NotImplementedError

    def inputs(self) -> Tokens:
        return Tokens(length=self.most()[0 if self._reads_words else 1], vocabulary=len(self.vocabulary()))

    def target(self) -> Tokens:
        longest = self.most()[1 if self._reads_words else 0]
        return Tokens(length=longest + 1, vocabulary=len(self.target_vocabulary()))

    def vocabulary(self) -> list[str]:
        return ["", *(self.words() if self._reads_words else self.figures())]

    def target_vocabulary(self) -> list[str]:
        return ["", END_SIGN, *(self.figures() if self._reads_words else self.words())]

    def size(self) -> int:
        return self.samples

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        read = np.zeros((self.samples, *self.inputs().sizes), np.int64)
        written = np.full((self.samples, *self.target().sizes), PAD, np.int64)
        known = {token: number for number, token in enumerate(self.vocabulary())}
        asked = {token: number for number, token in enumerate(self.target_vocabulary())}
        for row, amount in enumerate(self._different(random).tolist()):
            words = self.in_words(amount, random if self._reads_words else None)
            figures = list(self.in_figures(amount))
            source, target = (words, figures) if self._reads_words else (figures, words)
            read[row, : len(source)] = [known[token] for token in source]
            written[row, : len(target) + 1] = [*(asked[token] for token in target), END]
        return read, written

    def sample_of(self, given: Any) -> Any:
        """Of a text: words are parted by blanks or hyphens, characters by nothing."""
        if not isinstance(given, str):
            return given
        tokens, longest = self._parted(given), self.inputs().length
        if len(tokens) > longest:
            raise Problem(
                "The text has {count} tokens; the network reads {most} at most.", count=len(tokens), most=longest
            )
        known = self.vocabulary()
        for token in tokens:
            if token not in known:
                raise Problem("The network has never seen the word {word}.", word=f"“{token[:60]}”")
        return [known.index(token) for token in tokens] + [PAD] * (longest - len(tokens))

    def text_of(self, tokens: list[int]) -> str:
        """What is written with these tokens, up to the one that ends it."""
        written = tokens[: tokens.index(END)] if END in tokens else tokens
        names = self.target_vocabulary()
        return self.gap.join(names[token] for token in written)

    @property
    def gap(self) -> str:
        """What stands between two tokens that are written."""
        return " " if self.language == "en" and not self._reads_words else ""

    @property
    def _reads_words(self) -> bool:
        return self.direction == "to_figures"

    def _parted(self, text: str) -> list[str]:
        if self.language == "en" and self._reads_words:
            return text.lower().replace("-", " ").replace(",", " ").split()
        return [character for character in text if not character.isspace()]

    def _different(self, random: np.random.Generator) -> Array:
        """As many amounts (samples,) as are asked for, all different, in the order in which they were drawn."""
        drawn = self.amounts(random, self.samples)
        for _ in range(ATTEMPTS):
            found, first = np.unique(drawn, return_index=True)
            if len(found) >= self.samples:
                return drawn[np.sort(first)[: self.samples]]
            drawn = np.concatenate([drawn, self.amounts(random, self.samples)])
        raise ValueError(f"Expected {self.samples} different amounts, but found {len(np.unique(drawn))}.")
