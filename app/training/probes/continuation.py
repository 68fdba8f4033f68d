"""How a forecast goes on when it is fed with its own answers."""

from collections.abc import Callable
from itertools import islice
from typing import Any

import numpy as np
import torch

from app.parts.datasets.prepared import Array
from app.training.data.batch import alone
from app.training.data.series import gone_on
from app.training.probes.look import Look
from app.training.probes.work import Arrays, ProbeWork

MOST_VALUES = 100  # that follow


class ContinuationWork(ProbeWork):
    """From the first window that is held back: `past` (window,) and `truth` (n,) values, `own` what the network goes on
    with, `linear` what linear regression does, fitted to the training windows, and `last` the last value again. Where
    there are dates, `days` (window + n,) since the first of all.
    """

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        prepared = look.samples.prepared
        held = prepared.held_back
        first = int(held[0])
        followers = np.arange(first, min(first + MOST_VALUES, int(held[-1]) + 1))
        self.start: Array = prepared.inputs[first]  # (1, window), as the network sees it
        self.fixed: Arrays = {
            "past": prepared.raw[first, 0].astype(np.float32),
            "truth": (prepared.unit[0] + prepared.unit[1] * prepared.targets[followers, 0]).astype(np.float32),
            "last": np.full(len(followers), prepared.raw[first, 0, -1], np.float32),
        }
        if len(prepared.moments):
            places = slice(first, first + self.start.shape[-1] + len(followers))
            self.fixed["days"] = prepared.moments[places].astype(np.float32)
        windows, targets = prepared.inputs[prepared.train][:, 0], prepared.targets[prepared.train, 0]
        columns = np.hstack([windows, np.ones((len(windows), 1), np.float32)])
        algebra: Any = np.linalg  # whose types are half known
        weights: Array = algebra.lstsq(columns, targets, rcond=None)[0]
        self.fixed["linear"] = self._gone_on(lambda window: float(window[0] @ weights[:-1] + weights[-1]))

    def take(self) -> tuple[dict[str, Any], Arrays]:
        own = self._gone_on(lambda window: float(self.look.answer(alone(torch.from_numpy(window)[None]))[0, 0]))
        return {}, {**self.fixed, "own": own}

    def _gone_on(self, next_value: Callable[[Array], float]) -> Array:
        """The values that follow when each is read like those before it."""
        count = len(self.fixed["truth"])  # pyright: ignore[reportArgumentType]  an array, not bytes of one
        return np.array(list(islice(gone_on(self.start, self.look.samples.prepared, next_value), count)), np.float32)
