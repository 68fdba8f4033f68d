"""The columns of a person's own table, as they stand in a document: all that shapes need, so that no file is opened."""

from typing import Literal, TypeAlias

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from app.parts.datasets.dataset import Array

LONGEST_NAME = 80  # characters of a column's name
LONGEST_VALUE = 60  # characters of a category
MOST_COLUMNS = 300
MOST_VALUES = 1000  # of a category
LONGEST_MEASURE = 20  # characters of the unit in which amounts are measured
MOST_GAPS = 200  # different patterns of empty cells
ColumnType: TypeAlias = Literal["number", "category", "date", "text"]


class Column(BaseModel):
    """One column. `values` are the names of a category in the order of their numbers, or the few whole numbers that a
    number takes. Dates are days since the `earliest` of the column. `missing` counts empty cells. `measure` is the
    unit that stood beside the numbers, such as kg.

    Where a number is what is predicted, it counts in `unit`s from `origin`, so that losses are of the size of 1.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1, max_length=LONGEST_NAME)
    type: ColumnType
    values: list[str] = Field(default=[], max_length=MOST_VALUES)
    missing: int = Field(default=0, ge=0)
    earliest: str = Field(default="", max_length=10)
    measure: str = Field(default="", max_length=LONGEST_MEASURE)
    origin: float = Field(default=0.0, allow_inf_nan=False)
    unit: float = Field(default=1.0, gt=0, allow_inf_nan=False)

    def input_names(self, marked: bool) -> list[str]:
        """A name for each number that the column becomes; `marked`: one of them says whether the cell is empty."""
        names = [self.name]
        if self.type == "category":
            shown = self.values[1:] if len(self.values) == 2 else self.values
            names = [f"{self.name} = {value}" for value in shown]
        return [*names, f"{self.name} = ?"] if marked else names

    def encoded(self, cells: Array, marked: bool) -> Array:
        """Those numbers (n, k) for cells (n,); NaN where a cell is empty, apart from the mark itself."""
        numbers = cells[:, None]
        if self.type == "category" and len(self.values) != 2:
            hot = (numbers == np.arange(len(self.values))).astype(float)
            numbers = np.where(np.isnan(numbers), np.nan, hot)
        return np.hstack([numbers, np.isnan(cells)[:, None]]) if marked else numbers

    def filling(self, encoded: Array, marked: bool) -> Array:
        """What stands in for an empty cell: the mean of the cells that are there, or the most frequent category."""
        numbers = encoded[:, :-1] if marked else encoded
        there = ~np.isnan(numbers)
        means: Array = np.where(there, numbers, 0).sum(axis=0) / np.maximum(there.sum(axis=0), 1)
        if self.type == "category" and len(self.values) == 2:
            means = np.round(means)
        elif self.type == "category":
            means = (np.arange(len(means)) == np.argmax(means)).astype(float)
        return np.append(means, 0.0) if marked else means


class Gap(BaseModel):
    """How many rows are empty in exactly these columns, which are numbers from 0."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rows: int = Field(ge=1)
    columns: list[int] = Field(min_length=1, max_length=MOST_COLUMNS)
