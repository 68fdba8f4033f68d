"""A column of one's own table as a series."""

from typing import ClassVar, Literal

import numpy as np

from app.parts.datasets.columns import LONGEST_NAME
from app.parts.datasets.dataset import Array
from app.parts.datasets.own_table import MOST_ROWS
from app.parts.datasets.windowed_series import WindowedSeries
from app.parts.part import setting
from app.parts.problem import Edit, Fix, Problem
from app.parts.torch_call import TorchCall

LEAST_WINDOWS = 50


class OwnSeries(WindowedSeries):
    """A column of a table that you upload, row after row or by date: what comes next?

    The first part in time is learned from, the last tests. The next value counts in standard deviations from the mean,
    both measured on that first part alone; so do errors. An empty cell takes the value before it.
    """

    title: ClassVar[str] = "Your own series"
    group: ClassVar[str] = "own"
    supplied_by: ClassVar[str] = "upload"
    brought: ClassVar[tuple[str, ...]] = ("upload", "rows", "column", "dates", "earliest")
    also: ClassVar[tuple[str, ...]] = ("csv", "upload", "time series", "forecast", "dates", "stock", "temperature")

    alike: ClassVar[bool] = True  # a value means the same wherever in a window it stands

    kind: Literal["own_series"] = "own_series"
    upload: str = setting("", "Table", "Which of your tables it is: the id that it got when it came.", max_length=20)
    rows: int = setting(
        0, "Rows", "How many rows the table has. It is counted when the table comes.", ge=0, le=MOST_ROWS
    )
    column: str = setting("", "Values", "The column of numbers that is to be told, by name.", max_length=LONGEST_NAME)
    dates: str = setting(
        "",
        "Dates",
        "The column of dates that says what follows what, by name; without one it is the order of the rows.",
        max_length=LONGEST_NAME,
    )
    earliest: str = setting(
        "", "Earliest", "The first of those dates. It is found when the table comes.", max_length=10
    )
    samples: int = setting(
        2000,
        "Windows",
        "How many windows, each one moment after the last. Of more values, the newest are taken.",
        ge=LEAST_WINDOWS,
        le=100_000,
        log=True,
    )
    standardize: bool = setting(
        True,
        "Standardise",
        "Shift and scale what the network sees to mean 0 and spread 1, measured on the training samples.",
    )

    def source(self) -> TorchCall:
        return TorchCall("files.own_series", self.upload, self.column, self.dates, self.rows, earliest=self.earliest)

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        series, _ = self._newest(loaded)
        windows = np.lib.stride_tricks.sliding_window_view(series, self.window + 1)
        origin, unit = self.unit_of_target(loaded)
        return windows[:, None, :-1], (windows[:, -1:] - origin) / unit

    def unit_of_target(self, loaded: tuple[Array, Array] | None) -> tuple[float, float]:
        series, _ = self._newest(loaded)
        known = series[: self.split_sizes()[0] + self.window]
        return float(known.mean()), float(known.std()) or 1.0

    def moments(self, loaded: tuple[Array, Array] | None) -> Array | None:
        return self._newest(loaded)[1] if self.dates else None

    def check(self) -> None:
        if not self.upload or not self.rows:
            raise Problem("There is no table yet. Upload one as CSV.", place="/upload")
        if not self.column:
            raise Problem("Choose the column of numbers that is to be told.", place="/column")
        windows = self.rows - self.window
        if windows < self.samples:
            raise Problem(
                "There are {rows} values, and {count} windows of {window} would take more.",
                place="/samples",
                rows=self.rows,
                count=self.samples,
                window=self.window,
                fixes=self._fewer(windows),
            )
        super().check()

    def _fewer(self, windows: int) -> tuple[Fix, ...]:
        if windows >= LEAST_WINDOWS:
            return (Fix("Use {count} windows", {"count": windows}, (Edit("replace", "/samples", windows),)),)
        return ()

    def _newest(self, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        """The values that are used and their days, as many as the windows take."""
        if loaded is None:
            raise ValueError(f"Expected the values of {self.upload}, but got none.")
        count = self.samples + self.window
        return loaded[0][-count:], loaded[1][-count:]
