"""What every real table owes: the names of its columns."""

from typing import ClassVar

from app.parts.datasets.real import RealSet
from app.parts.part import setting
from app.parts.shapes import Features, Shape


class RealTable(RealSet):
    """Rows of a table; raw samples are (n, columns), in the units that the names of the columns say."""

    group: ClassVar[str] = "table"
    columns: ClassVar[tuple[str, ...]]

    standardize: bool = setting(
        True,
        "Standardise",
        "Shift and scale every column to mean 0 and spread 1, measured on the training samples. "
        "Without it the column with the largest numbers drowns the others.",
    )

    def inputs(self) -> Shape:
        return Features(size=len(self.columns))

    def input_names(self) -> list[str]:
        return list(self.columns)
