"""The example table: what follows from it, and the trap in it."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression

from app.parts.datasets.own_table import OwnTable
from app.training.data.samples import load
from app.uploads.example import COLUMNS, ROWS, passengers
from tests.uploads.made import brought


@pytest.fixture(scope="module")
def about(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    data = tmp_path_factory.mktemp("data")
    return {**brought(data, passengers().encode()), "data": data}


def accuracies(about: dict[str, Any], without: tuple[str, ...]) -> tuple[float, list[float]]:
    """On test data: of the majority, and of scikit-learn's classifiers."""
    dataset = OwnTable.model_validate(about["dataset"])
    inputs = [name for name in dataset.input_columns if name not in without]
    prepared = load(dataset.model_copy(update={"input_columns": inputs, "validation": 0, "test": 40}), about["data"])
    x, y = prepared.inputs, prepared.targets
    majority = float(np.mean(y[prepared.test] == np.bincount(y[prepared.train]).argmax()))
    learned = [
        float(classifier.fit(x[prepared.train], y[prepared.train]).score(x[prepared.test], y[prepared.test]))
        for classifier in (LogisticRegression(), RandomForestClassifier(200, min_samples_leaf=3, random_state=0))
    ]
    return majority, learned


def test_it_is_the_same_each_time_and_has_what_a_real_table_has(about: dict[str, Any]) -> None:
    lines = passengers().splitlines()
    assert lines[0] == ",".join(COLUMNS)
    assert len(lines) == ROWS + 1
    types = {column["name"]: column["type"] for column in about["columns"]}
    assert types["name"] == "text"
    assert types["sex"] == types["port"] == "category"
    assert types["boarded"] == "date"
    assert next(column["missing"] for column in about["columns"] if column["name"] == "age") > 100
    assert about["dataset"]["target_column"] == "survived"
    assert about["warnings"] == []


def test_without_the_lifeboat_one_can_still_beat_the_majority_by_far(about: dict[str, Any]) -> None:
    majority, learned = accuracies(about, without=("lifeboat",))
    assert min(learned) >= majority + 0.15
    assert max(learned) < 0.9  # luck decides too


def test_the_lifeboat_tells_what_nobody_knew_before_and_is_told_as_a_trap(about: dict[str, Any]) -> None:
    _, learned = accuracies(about, without=())
    assert min(learned) > 0.95
    hints = {target["name"]: [hint["values"]["column"] for hint in target["warnings"]] for target in about["targets"]}
    assert hints["survived"] == ["“lifeboat”"]


def test_sex_class_and_age_decide(about: dict[str, Any]) -> None:
    _, all_of_them = accuracies(about, without=("lifeboat",))
    _, without = accuracies(about, without=("lifeboat", "sex", "class", "age"))
    assert max(without) < min(all_of_them) - 0.05


def test_it_can_be_brought_by_anybody(tmp_path: Path) -> None:
    assert brought(tmp_path, passengers().encode("utf-8-sig"))["count"] == ROWS
