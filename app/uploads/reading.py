"""What a person says of how their file is to be read. What is left out is found out, and told."""

from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

MOST_SAID = 300  # columns that something can be said of
MOST_WORDS = 50  # ways of writing an empty cell
# How a number is written, each shown by 1234.5.
NumberFormat: TypeAlias = Literal["1,234.5", "1.234,5", "1 234,5", "1'234.5"]
# Which of day, month and year comes first.
DateOrder: TypeAlias = Literal["ymd", "dmy", "mdy"]
ReadType: TypeAlias = Literal["number", "category", "date", "text"]


class ColumnReading(BaseModel):
    """How one column is to be read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: ReadType | None = None
    format: NumberFormat | None = None
    order: DateOrder | None = None
    empty: list[str] | None = Field(default=None, max_length=MOST_WORDS)


class FileReading(BaseModel):
    """How a file is to be read. `columns` are by name; `level` is of a zip, see `app.training.files.zipped`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    header: bool | None = None
    format: NumberFormat | None = None
    empty: list[str] | None = Field(default=None, max_length=MOST_WORDS)
    columns: dict[str, ColumnReading] = Field(default={}, max_length=MOST_SAID)
    level: int | None = Field(default=None, ge=0, le=20)

    def of(self, column: str) -> ColumnReading:
        """What is said of a column, with what is said of all of them."""
        own = self.columns.get(column, ColumnReading())
        return own.model_copy(
            update={
                "format": own.format or self.format,
                "empty": self.empty if own.empty is None else own.empty,
            }
        )
