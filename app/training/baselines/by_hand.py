"""A rule that a person writes down: the second class where it holds, the first elsewhere."""

from typing import Any

import numpy as np

from app.parts.datasets.dataset import Array, Dataset
from app.parts.datasets.on_plane import PlaneDataset
from app.parts.datasets.own_table import OwnTable
from app.parts.datasets.real_table import RealTable
from app.parts.formula import Formula
from app.parts.problem import Problem
from app.parts.shapes import Classes


def names_of(dataset: Dataset) -> dict[str, str]:
    """What a rule may speak of: the name that it writes → the column's own name. Empty where there can be no rule."""
    target = dataset.target()
    if not isinstance(target, Classes) or target.count != 2:
        return {}
    if isinstance(dataset, PlaneDataset):
        return {"x1": "x₁", "x2": "x₂"}
    columns: list[str] = []
    if isinstance(dataset, OwnTable):
        columns = [column.name for column in dataset.seen()]
    elif isinstance(dataset, RealTable):
        columns = dataset.input_names()
    return {_written(column, number): column for number, column in enumerate(columns, 1)}


def spoken_of(dataset: Dataset) -> list[dict[str, Any]]:
    """Those names for a page; of a category with its `values`, whose numbers a rule compares with, from 0."""
    values: dict[str, list[str]] = {}
    if isinstance(dataset, OwnTable):
        values = {column.name: column.values for column in dataset.seen() if column.type == "category"}
    names = names_of(dataset).items()
    return [
        {"name": name, "title": column} | ({"values": values[column]} if column in values else {})
        for name, column in names
    ]


def followed(dataset: Dataset, raw: Array, text: str) -> tuple[Array, Formula]:
    """The class numbers (n,) that the rule gives raw samples, and the rule as it was read. Raises `Problem`."""
    names = names_of(dataset)
    if not names:
        raise Problem(
            "A rule tells two classes of points or of rows apart. This data has no two classes, or is no table.",
            place="/rule",
        )
    try:
        rule = Formula.parse(text, names)
    except Problem as problem:
        raise problem.at("/rule") from None
    if not rule.is_rule:
        raise Problem(
            "A rule says yes or no, so it compares: {example}, for instance.",
            place="/rule",
            example=f"{rule.pretty()} > 0",
        )
    columns: dict[str, Any] = dict(zip(names, raw.reshape(len(raw), -1).T, strict=True))
    return rule.values(columns).astype(np.int64), rule


def _written(column: str, number: int) -> str:
    """The column's own name, or a plain one where the formula would read something else in it."""
    try:
        alone = Formula.parse(column, [column])
    except Problem:
        return f"column{number}"
    return column if column in alone.names else f"column{number}"
