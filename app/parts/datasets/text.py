"""What every text owes: its tokens, and windows of them, each with the token that comes next at every place."""

import json
from hashlib import sha256
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from app.parts.datasets.dataset import Array, Dataset
from app.parts.part import setting
from app.parts.shapes import Tokens
from app.parts.tokenizers.characters import Characters
from app.parts.tokenizers.learned import HASHED
from app.parts.torch_call import TorchCall

if TYPE_CHECKING:  # to a type checker, a choice is any member of its family
    from app.parts.tokenizers import Tokenizer as AnyTokenizer
else:
    from app.parts.tokenizers import AnyTokenizer

UNKNOWN = "\ufffd"  # stands for every letter that is not in a vocabulary that is known beforehand


class Text(Dataset):
    """One long text, token by token. It is cut into windows that lie side by side, none over another; the first part
    is learned from, the last tests. At every place the target is the token that comes next."""

    group: ClassVar[str] = "text"
    standardize: ClassVar[bool] = False  # pyright: ignore[reportIncompatibleVariableOverride]  tokens are no amounts
    in_order: ClassVar[bool] = True
    prompt: ClassVar[str]  # what a network is given that is to write on

    samples: int = setting(
        8000, "Windows", "How many windows of text, all splits together.", ge=50, le=100_000, step=50, log=True
    )
    window: int = setting(64, "Window", "How many tokens follow one another in a window.", ge=4, le=512)
    tokenizer: AnyTokenizer = setting(Characters(), "Tokenizer", "What the text is cut into.")

    def inputs(self) -> Tokens:
        tokens = len(self.vocabulary()) or self.tokenizer.vocabulary(self.different_letters())
        return Tokens(length=self.window, vocabulary=tokens)

    def target(self) -> Tokens:
        return self.inputs()

    def size(self) -> int:
        return self.samples

    def letters(self) -> list[str]:
        """Every letter that may occur, where that is known beforehand."""
        return []

    def different_letters(self) -> int:
        """How many different letters there are; 0 where nobody knows."""
        return len(self.letters())

    def vocabulary(self) -> list[str]:
        return self.letters() if self.tokenizer.knows(len(self.letters())) else []

    def text(self, random: np.random.Generator, count: int) -> str:
        """At least so many letters. With more asked for, the same ones come first."""
        raise NotImplementedError

    def source(self) -> TorchCall | None:
        return None if self.vocabulary() else TorchCall("files.text_tokens", self.model_dump(mode="json"))

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        count = self.samples * self.window
        tokens = self.numbered(self.text(random, count + 1)) if loaded is None else loaded[0]
        shape = (self.samples, self.window)
        return tokens[:count].reshape(shape), tokens[1 : count + 1].reshape(shape)

    def learned_tokens(self, loaded: tuple[Array, Array] | None) -> Array | None:
        return None if loaded is None else loaded[1]

    def corpus(self, raw: Array, vocabulary: list[str]) -> str:
        digest = sha256(json.dumps(vocabulary).encode())
        for window in raw:
            digest.update(window.tobytes())
        return digest.hexdigest()[:HASHED]

    def beginning(self) -> int:
        """How many letters from the beginning of the text are surely among those that are learned from."""
        return self.split_sizes()[0] * self.window

    def numbered(self, text: str) -> Array:
        """The number of each letter of a vocabulary that is known beforehand; of one that is not in it, the number of
        `UNKNOWN`, or of the first."""
        letters = self.letters()
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        numbers = np.full(int(codes.max(initial=0)) + 1, letters.index(UNKNOWN) if UNKNOWN in letters else 0)
        for number, letter in enumerate(letters):
            if ord(letter) < len(numbers):
                numbers[ord(letter)] = number
        return numbers[codes]
