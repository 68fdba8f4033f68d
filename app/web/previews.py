"""Previews that are always the same, kept: a class that opens one page asks for each of them thirty times."""

import asyncio
import json
from typing import Any

from cachetools import LRUCache

from app.parts.datasets import Dataset

MOST_BYTES = 16 << 20  # of all together; those not asked for the longest go first


class Previews:
    """What workers answered, by question."""

    def __init__(self) -> None:
        self._kept: LRUCache[str, bytes] = LRUCache(MOST_BYTES, getsizeof=len)
        self.turn = asyncio.Lock()  # for what all ask at once: the first works it out, the others wait for it

    def get(self, question: dict[str, Any]) -> bytes | None:
        """The answer to this question, if it was kept."""
        return self._kept.get(_key(question))

    def keep(self, question: dict[str, Any], answer: bytes) -> None:
        """Keeps an answer, unless it is larger than all may be."""
        if len(answer) <= MOST_BYTES:
            self._kept[_key(question)] = answer


def lasting(dataset: Dataset) -> bool:
    """Whether its preview stays the same: its data are in no file that may change or go."""
    source = dataset.source()
    return source is None or not source.reads_files


def _key(question: dict[str, Any]) -> str:
    return json.dumps(question, sort_keys=True)
