"""Columns that tell the target by themselves, or only count the rows: most likely they are not known before it."""

import time
from collections.abc import Callable
from typing import Any

import numpy as np
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from app.parts.datasets.dataset import Array
from app.parts.datasets.own_table import quoted
from app.parts.problem import Edit, Fix, Problem
from app.training.files.typed import Typed

SAMPLE = 2000  # rows that are looked at, half of them to learn from
LEAST = 20  # rows, below which nothing can be said
ALMOST = 0.97  # balanced accuracy, or R², of one column alone; the best of iris or breast cancer reach 0.95
SECONDS = 3.0  # for all columns together
EMPTY = -1e6  # an empty cell may tell as much as a full one


def leaks_of(
    columns: list[Typed], targets: list[Typed], inputs: Callable[[Typed], list[str]]
) -> dict[str, list[Problem]]:
    """For each target by name: a hint for every column that alone predicts almost all of it on rows it has not seen.

    `inputs` gives the columns that are offered for a target. Stops quietly when its time is over.
    """
    until = time.monotonic() + SECONDS
    found: dict[str, list[Problem]] = {}
    for target in targets:
        offered = inputs(target)
        for column in columns:
            if time.monotonic() > until:
                return found
            if column is target or column.column.name not in offered:
                continue
            share = share_told(column, target)
            if share >= ALMOST:
                found.setdefault(target.column.name, []).append(_hint(column, target, share, offered))
    return found


def share_told(column: Typed, target: Typed) -> float:
    """How much of a target a column alone tells, 0 to 1: by a small tree, judged on rows that it has not seen."""
    goal = _filled(target)
    rows = np.flatnonzero(goal != EMPTY)
    if len(rows) < LEAST:
        return 0.0
    rows = np.random.default_rng(0).permutation(rows)[:SAMPLE]
    learn, judge = rows[::2], rows[1::2]
    seen = _filled(column)[:, None]
    leaves = max(4, 2 * target.distinct) if target.classified else 64
    if target.classified and 2 * target.distinct > len(learn):
        return 0.0
    if target.classified:
        goal = np.unique(goal, return_inverse=True)[1]  # classes by number: what they are called may be 10¹⁹
        tree: Any = DecisionTreeClassifier(max_leaf_nodes=leaves, class_weight="balanced", random_state=0)
        known = np.isin(goal[judge], goal[learn])
        judge = judge[known]
        if len(judge) < LEAST / 2 or len(np.unique(goal[judge])) < 2:
            return 0.0
        answers: Array = tree.fit(seen[learn], goal[learn]).predict(seen[judge])
        right = answers == goal[judge]
        return float(np.mean([right[goal[judge] == label].mean() for label in np.unique(goal[judge])]))
    regressor: Any = DecisionTreeRegressor(max_leaf_nodes=leaves, min_samples_leaf=5, random_state=0)
    if np.ptp(goal[judge]) == 0:
        return 0.0
    goal = goal / np.abs(goal[rows]).max()  # squares of the smallest and of the largest numbers are none
    guesses: Array = regressor.fit(seen[learn], goal[learn]).predict(seen[judge])
    return 1 - float(np.square(goal[judge] - guesses).mean() / goal[judge].var())


def counts_rows(column: Typed) -> bool:
    """Whether a column is a number that only counts the rows, such as an id."""
    if column.column.type != "number" or column.column.missing or column.cells is None or len(column.cells) < LEAST:
        return False
    steps = np.diff(np.sort(column.cells))
    return bool((steps == 1).all())


def _filled(column: Typed) -> Array:
    cells = np.zeros(0) if column.cells is None else column.cells.astype(float)
    empty = cells < 0 if column.column.type == "category" else np.isnan(cells)
    return np.where(empty, EMPTY, cells)


def _hint(column: Typed, target: Typed, share: float, offered: list[str]) -> Problem:
    name = column.column.name
    rest = [other for other in offered if other != name]
    leave_out = Fix("Leave out {column}", {"column": quoted(name)}, (Edit("replace", "/dataset/input_columns", rest),))
    return Problem(
        "{column} alone tells {percent} % of {target}. Is it known before {target} is? If not, leave it out: a network "
        "that has seen the answer is of no use.",
        place="/dataset/input_columns",
        fixes=(leave_out,) if rest else (),
        column=quoted(name),
        target=quoted(target.column.name),
        percent=round(100 * share),
    )
