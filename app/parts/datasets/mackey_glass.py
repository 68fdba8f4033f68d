"""A chaotic series."""

from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.dataset import Array
from app.parts.datasets.windowed_series import WindowedSeries
from app.parts.part import setting

STEP = 0.1  # units of time of one step of Euler's method
BEFORE = 300  # units of time that pass first, until nothing is left of how it began


class MackeyGlass(WindowedSeries):
    """A series that never repeats: how many blood cells there are depends on how many there were some time ago.

    Each value follows from those before by a rule, without chance, and yet nobody can tell it far ahead.
    The first part in time is learned from, the last tests. Source: Mackey and Glass 1977,
    doi.org/10.1126/science.267326.
    """

    title: ClassVar[str] = "Mackey–Glass"
    also: ClassVar[tuple[str, ...]] = ("chaos", "time series", "forecast", "delay")

    kind: Literal["mackey_glass"] = "mackey_glass"
    every: int = setting(6, "Distance", "Units of time from one value to the next.", ge=1, le=20)
    delay: int = setting(
        17, "Delay", "How long ago counts, in units of time. From about 17 on the series is chaotic.", ge=2, le=50
    )
    noise: float = setting(
        0.0,
        "Noise",
        "How far each value strays where it is read, as the standard deviation.",
        ge=0,
        le=0.5,
        step=0.01,
    )

    def values(self, random: np.random.Generator, count: int) -> Array:
        back, apart = round(self.delay / STEP), round(self.every / STEP)
        before = round(BEFORE / STEP)
        found = [1.2 + 0.1 * random.uniform(-1, 1)] * (back + 1)
        for at in range(back, back + before + count * apart):
            late = found[at - back]
            found.append(found[at] + STEP * (0.2 * late / (1 + late**10) - 0.1 * found[at]))
        series = np.array(found[back + before :: apart][:count])
        return series + self.noise * random.standard_normal(count)
