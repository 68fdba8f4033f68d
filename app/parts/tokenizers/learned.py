"""What a tokenizer has learned from a text: its tokens, by number. It travels with a run as JSON."""

import json
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.parts.tokenizers.tokenizer import UNKNOWN

Array = NDArray[Any]
HASHED = 16  # hexadecimal digits of a hash that are told


@dataclass(frozen=True)
class Learned:
    """`tokens` are how each is written, `UNKNOWN` the first of them. `pairs` are those that become one token, the most
    frequent first. `unknown` is the share of the tokens of the text that are `UNKNOWN`; `kind` that of the tokenizer.
    """

    tokens: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...] = ()
    unknown: float = 0.0
    kind: str = ""

    @cached_property
    def lengths(self) -> Array:
        """How many characters each token stands for (tokens,); `UNKNOWN` for one."""
        lengths = np.array([len(token) for token in self.tokens], np.int64)
        lengths[0] = 1
        return lengths

    @property
    def hash(self) -> str:
        """The same for the same tokens and pairs."""
        return sha256(json.dumps([self.tokens, self.pairs]).encode()).hexdigest()[:HASHED]

    def as_array(self) -> Array:
        """As bytes (n,) uint8, to stand among the arrays of a run."""
        told = {"tokens": self.tokens, "pairs": self.pairs, "unknown": self.unknown, "kind": self.kind}
        return np.frombuffer(json.dumps(told).encode(), np.uint8)

    @classmethod
    def of(cls, array: Array) -> "Learned":
        """Back from `as_array`."""
        told = json.loads(array.tobytes())
        pairs = tuple((left, right) for left, right in told.pop("pairs"))
        return cls(tuple(told.pop("tokens")), pairs, **told)

    def described(self) -> dict[str, Any]:
        """What is told of it."""
        return {"kind": self.kind, "size": len(self.tokens), "hash": self.hash, "unknown": round(self.unknown, 6)}

    def decoded(self, numbers: Array) -> str:
        """The text that tokens stand for."""
        listed: list[int] = numbers.tolist()
        return "".join(self.tokens[number] for number in listed)


__all__ = ["UNKNOWN", "Learned"]
