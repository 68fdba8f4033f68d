"""Previews of data that are always the same, kept: a class that opens one page asks for each of them thirty times."""

from cachetools import LRUCache

from app.parts.datasets import Dataset

MOST_BYTES = 16 << 20  # of all together; those not asked for the longest go first


class Previews:
    """What workers answered, by dataset."""

    def __init__(self) -> None:
        self._kept: LRUCache[str, bytes] = LRUCache(MOST_BYTES, getsizeof=len)

    def get(self, dataset: Dataset) -> bytes | None:
        """The answer for these settings, if it was kept."""
        return self._kept.get(dataset.model_dump_json())

    def keep(self, dataset: Dataset, answer: bytes) -> None:
        """Keeps an answer, unless the data are in a file that may change or go, or it is larger than all may be."""
        source = dataset.source()
        if len(answer) <= MOST_BYTES and not (source and source.reads_files):
            self._kept[dataset.model_dump_json()] = answer
