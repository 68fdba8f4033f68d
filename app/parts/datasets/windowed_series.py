"""What every series to be forecast owes: one long series, cut into windows, each with the value that comes next."""

from typing import ClassVar

import numpy as np

from app.parts.datasets.dataset import Array, Dataset
from app.parts.part import setting
from app.parts.shapes import Features, Series


class WindowedSeries(Dataset):
    """One series. A sample is a window of it, the target the next value; the first part in time is learned from."""

    group: ClassVar[str] = "series"
    in_order: ClassVar[bool] = True

    samples: int = setting(2000, "Windows", "How many windows, each one moment after the last.", ge=50, le=10_000)
    window: int = setting(32, "Window", "How many values the network sees to tell the next.", ge=2, le=256)

    def inputs(self) -> Series:
        return Series(channels=1, length=self.window)

    def target(self) -> Features:
        return Features(size=1)

    def size(self) -> int:
        return self.samples

    def values(self, random: np.random.Generator, count: int) -> Array:
        """So many values of the series, one after another."""
        raise NotImplementedError

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        series = self.values(random, self.samples + self.window)
        windows = np.lib.stride_tricks.sliding_window_view(series, self.window + 1)
        return windows[:, None, :-1].astype(np.float32), windows[:, -1:].astype(np.float32)
