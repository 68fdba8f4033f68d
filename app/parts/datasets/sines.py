"""Waves laid over one another."""

from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.windowed_series import WindowedSeries
from app.parts.part import setting

PERIODS = (25.0, 11.3, 61.7, 7.9, 37.1)  # moments; none is a multiple of another
HEIGHTS = (1.0, 0.5, 0.7, 0.3, 0.6)


class Sines(WindowedSeries):
    """Sine waves of different lengths laid over one another, with noise: what comes next?

    Without noise a weighted sum of a few values before tells the next exactly, so linear regression is as good as any
    network. The first part in time is learned from, the last tests.
    """

    title: ClassVar[str] = "Sine waves"
    also: ClassVar[tuple[str, ...]] = ("time series", "forecast", "waves", "seasonal")

    kind: Literal["sines"] = "sines"
    waves: int = setting(2, "Waves", "How many waves lie over one another.", ge=1, le=len(PERIODS))
    noise: float = setting(0.1, "Noise", "How far each value strays, as the standard deviation.", ge=0, le=1, step=0.01)

    def values(self, random: np.random.Generator, count: int) -> Array:
        phases = random.uniform(0, 2 * np.pi, len(PERIODS))
        turns = 2 * np.pi * np.arange(count)[:, None] / PERIODS + phases
        series = (np.sin(turns) * HEIGHTS)[:, : self.waves].sum(axis=1)
        return series + self.noise * random.standard_normal(count)
