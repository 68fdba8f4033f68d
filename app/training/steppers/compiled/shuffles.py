"""Orders of samples, remembered: to draw one takes longer than the steps of its epoch."""

from functools import lru_cache

import numpy as np

from app.parts.datasets.prepared import Array
from app.training.data.feed import Order

MOST = 1 << 21  # numbers that are remembered of one seed


class Shuffles:
    """The orders of one seed and one number of samples."""

    def __init__(self, order: Order) -> None:
        self._order = Order(order.seed, order.count, 1)
        self._kept: Array = np.empty((0, order.count), np.int64)

    def rows(self, first: int, last: int) -> Array:
        """The orders of the epochs from `first` to before `last`, one behind the other."""
        if last * self._order.count > MOST:
            return np.concatenate([self._order.of(epoch) for epoch in range(first, last)])
        if last > len(self._kept):
            wanted = max(last, min(2 * len(self._kept), MOST // self._order.count))
            drawn = [self._order.of(epoch) for epoch in range(len(self._kept), wanted)]
            self._kept = np.concatenate([self._kept, np.stack(drawn)])
        return self._kept[first:last].reshape(-1)


@lru_cache(maxsize=4)
def _shuffles(seed: int, count: int) -> Shuffles:
    return Shuffles(Order(seed, count, 1))


def shuffles_of(order: Order) -> Shuffles:
    """Those that belong to an order, whatever its batches."""
    return _shuffles(order.seed, order.count)
