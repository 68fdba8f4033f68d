"""Series that are fed with what a network says of them."""

from collections.abc import Callable, Iterator

import numpy as np

from app.parts.datasets.prepared import Array, Prepared


def gone_on(start: Array, prepared: Prepared, next_value: Callable[[Array], float]) -> Iterator[float]:
    """Value after value, as they stand in the data, without an end; `next_value` tells one in the unit of
    targets, from a window (1, length) of what the network reads. `start` is the first such window."""
    mean, spread = prepared.mean[0, -1], prepared.spread[0, -1]
    origin, unit = prepared.unit
    window = start.copy()
    while True:
        value = float(origin + unit * next_value(window))
        yield value
        window = np.roll(window, -1, axis=1)
        window[0, -1] = (value - mean) / spread
