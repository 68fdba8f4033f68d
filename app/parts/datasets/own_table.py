"""A table of one's own."""

from typing import Any, ClassVar, Literal

import numpy as np

from app.parts.datasets.columns import MOST_COLUMNS, MOST_GAPS, Column, Gap
from app.parts.datasets.dataset import MOST_NUMBERS, Array, Dataset, TargetUnit
from app.parts.datasets.rows import cells_of
from app.parts.part import setting
from app.parts.problem import Edit, Fix, Problem
from app.parts.shapes import Classes, Features
from app.parts.torch_call import TorchCall

MOST_ROWS = 1_000_000
NO_TARGET = Column(name="?", type="category", values=["–", "+"])  # stands in while none is chosen: two classes


class OwnTable(Dataset):
    """A table that you upload as CSV: choose the column to predict and the columns to predict it from.

    A category becomes one number for each of its values (one number alone where it has two), a date the days since the
    earliest date of its column. Free text is left out. A target of names or of few whole numbers is told apart as
    classes, any other number is predicted: in a unit and from an origin that suit the column, so that losses are of the
    size of 1 for prices as for shares.
    """

    title: ClassVar[str] = "Your own table"
    group: ClassVar[str] = "own"
    supplied_by: ClassVar[str] = "upload"
    by_column: ClassVar[bool] = True
    brought: ClassVar[tuple[str, ...]] = ("upload", "rows", "columns", "gaps", "input_columns", "target_column")
    chosen_there: ClassVar[tuple[str, ...]] = ("amounts",)
    also: ClassVar[tuple[str, ...]] = ("csv", "upload", "excel", "spreadsheet", "columns")

    kind: Literal["own_table"] = "own_table"
    upload: str = setting("", "Table", "Which of your tables it is: the id that it got when it came.", max_length=20)
    rows: int = setting(
        0, "Rows", "How many rows the table has. It is counted when the table comes.", ge=0, le=MOST_ROWS
    )
    columns: list[Column] = setting(
        [],
        "Columns",
        "What the table holds, as it was found when it came. A whole number with few values may be made a category.",
        max_length=MOST_COLUMNS,
    )
    gaps: list[Gap] = setting(
        [],
        "Gaps",
        "How many rows are empty in which columns. It is counted when the table comes.",
        max_length=MOST_GAPS,
    )
    input_columns: list[str] = setting(
        [], "Inputs", "The columns that the network sees, by name.", max_length=MOST_COLUMNS
    )
    target_column: str = setting("", "Target", "The column that is to be predicted, by name.", max_length=100)
    amounts: bool = setting(
        False,
        "Predict an amount",
        "For a target of few whole numbers, such as 0 to 5: predict how much it is instead of which one it is.",
    )
    missing: Literal["fill", "drop"] = setting(
        "fill",
        "Empty cells",
        "Fill them with the mean (of a category: the most frequent value) of the training rows, and tell the network "
        "in one more number that the cell was empty; or leave out every row with an empty cell.",
        labels={"fill": "Fill in", "drop": "Leave out the row"},
    )
    standardize: bool = setting(
        True,
        "Standardise",
        "Shift and scale every column to mean 0 and spread 1, measured on the training samples. "
        "Without it the column with the largest numbers drowns the others.",
    )

    def inputs(self) -> Features:
        return Features(size=max(len(self.input_names()), 1))

    def input_names(self) -> list[str]:
        return [name for column in self.seen() for name in column.input_names(self._marked(column))]

    def target(self) -> Classes | Features:
        goal = self.goal()
        if goal.type == "number" and (self.amounts or not goal.values):
            return Features(size=1)
        return Classes(names=tuple(goal.values))

    def size(self) -> int:
        if self.missing == "fill":
            return max(self.rows - self.goal().missing, 0)
        used = {
            number
            for number, column in enumerate(self.columns)
            if column.name in (*self.input_columns, self.goal().name)
        }
        return max(self.rows - sum(gap.rows for gap in self.gaps if used & set(gap.columns)), 0)

    def seen(self) -> list[Column]:
        """The chosen columns, in the order chosen. Names that no column has are told by `check`."""
        columns = {column.name: column for column in self.columns}
        return [columns[name] for name in self.input_columns if name in columns]

    def goal(self) -> Column:
        """The column that is predicted."""
        return next((column for column in self.columns if column.name == self.target_column), NO_TARGET)

    def source(self) -> TorchCall:
        as_classes = {"type": "category"} if isinstance(self.target(), Classes) else {}
        used = [column.model_dump() for column in [*self.seen(), self.goal().model_copy(update=as_classes)]]
        return TorchCall("files.own_table", self.upload, used, self.size(), drop=self.missing == "drop")

    def draw(self, random: np.random.Generator, loaded: tuple[Array, Array] | None) -> tuple[Array, Array]:
        if loaded is None:
            raise ValueError(f"Expected the rows of {self.upload}, but got none.")
        cells, targets = loaded
        goal = self.goal()
        return cells, targets if isinstance(self.target(), Classes) else (targets - goal.origin) / goal.unit

    def sample_of(self, given: Any) -> Any:
        return cells_of(self.seen(), given)

    def measured(self) -> TargetUnit | None:
        goal = self.goal()
        if isinstance(self.target(), Classes):
            return None
        return TargetUnit(goal.name, goal.origin, goal.unit, goal.measure)

    def encode(self, raw: Array) -> Array:
        columns = zip(self.seen(), raw.T, strict=True)
        return np.hstack([column.encoded(cells, self._marked(column)) for column, cells in columns])

    def filling(self, encoded: Array) -> Array | None:
        columns = self.seen()
        widths = [len(column.input_names(self._marked(column))) for column in columns]
        blocks = np.split(encoded, np.cumsum(widths)[:-1], axis=1)
        return np.concatenate(
            [column.filling(block, self._marked(column)) for column, block in zip(columns, blocks, strict=True)]
        )

    def check(self) -> None:
        if not self.upload or not self.columns:
            raise Problem("There is no table yet. Upload one as CSV.", place="/upload")
        self._check_target()
        self._check_inputs()
        self._check_gaps()
        if self.size() * self.inputs().size > MOST_NUMBERS:
            raise Problem(
                "{rows} rows of {inputs} numbers are more than the {most} million numbers that fit in here. "
                "Choose fewer columns.",
                place="/input_columns",
                rows=self.size(),
                inputs=self.inputs().size,
                most=MOST_NUMBERS // 1_000_000,
            )
        super().check()

    def _marked(self, column: Column) -> bool:
        return self.missing == "fill" and column.missing > 0

    def _check_target(self) -> None:
        goal = self.goal()
        if goal is NO_TARGET:
            raise Problem("Choose the column that is to be predicted.", place="/target_column")
        if goal.type == "text":
            raise Problem(
                "{column} holds free text, or too many different values to tell apart. Choose another target.",
                place="/target_column",
                column=quoted(goal.name),
            )
        if goal.type == "date":
            raise Problem(
                "{column} holds dates, which cannot be predicted. Choose a number or a category as target.",
                place="/target_column",
                column=quoted(goal.name),
            )

    def _check_inputs(self) -> None:
        if not self.input_columns:
            others = [
                column.name for column in self.columns if column.type != "text" and column.name != self.target_column
            ]
            use_all = Fix("Use all other columns", edits=(Edit("replace", "/input_columns", others),))
            raise Problem(
                "Choose at least one column that the network may see.",
                place="/input_columns",
                fixes=(use_all,) if others else (),
            )
        types = {column.name: column.type for column in self.columns}
        for number, name in enumerate(self.input_columns):
            if name not in types:
                template = "The table has no column called {column}."
            elif name == self.target_column:
                template = "{column} is what is to be predicted, so it cannot be an input too."
            elif types[name] == "text":
                template = "{column} holds free text, which is no input here."
            elif name in self.input_columns[:number]:
                template = "{column} is chosen twice."
            else:
                continue
            kept = [other for at, other in enumerate(self.input_columns) if at != number]
            leave_out = Fix("Leave out {column}", {"column": quoted(name)}, (Edit("replace", "/input_columns", kept),))
            raise Problem(template, place="/input_columns", column=quoted(name), fixes=(leave_out,))

    def _check_gaps(self) -> None:
        """Rows can be left out only where it is known how many that will be."""
        if self.missing == "fill":
            return
        for number, column in enumerate(self.columns):
            counted = sum(gap.rows for gap in self.gaps if number in gap.columns)
            if counted != column.missing and column.name in (*self.input_columns, self.target_column):
                fill = Fix("Fill them in", edits=(Edit("replace", "/missing", "fill"),))
                raise Problem(
                    "The empty cells of this table lie in too many different places for rows to be left out.",
                    place="/missing",
                    fixes=(fill,),
                )


def quoted(name: str) -> str:
    """The name of a column within a sentence. The quotes also keep it from being taken for a part's name."""
    return f"“{name}”"
