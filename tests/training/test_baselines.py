"""Baselines are what scikit-learn gives for the same samples, split and seed; a rule is what it says."""

import json
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.metrics import accuracy_score, f1_score, mean_absolute_error, r2_score
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.preprocessing import StandardScaler

from app.experiment.check import checked
from app.parts.datasets.breast_cancer import BreastCancer
from app.parts.datasets.circle import Circle
from app.parts.datasets.columns import Column
from app.parts.datasets.iris import Iris
from app.parts.datasets.own_table import OwnTable
from app.parts.problem import Problem
from app.parts.tokenizers.learned import UNKNOWN
from app.training.baselines import baselines, comparing
from app.training.baselines.by_hand import followed, names_of, spoken_of
from app.training.baselines.features import of_pictures, of_series
from app.training.data.samples import samples_of
from app.training.tasks import ngrams
from tests.training.documents import document
from tests.training.pictures import FLATTEN, digits_document, masks_document

HERE = Path()
FOREST: dict[str, Any] = {"n_estimators": 100, "random_state": 0}
CIRCLE = document(dataset={"kind": "circle", "samples": 300, "noise": 0.1})
TABLE = document(dataset={"kind": "breast_cancer"})
NUMBERS = document(dataset={"kind": "diabetes"}, task={"kind": "regression"}, loss={"kind": "mse"})
CURVE = document(dataset={"kind": "curve"}, task={"kind": "regression"}, loss={"kind": "mse"})
DIGITS = digits_document(FLATTEN)


def compared(changed: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    told = baselines(changed, None, HERE)
    return {(baseline["kind"], baseline["inputs"]): baseline for baseline in told["baselines"]}


def found(changed: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    """The same, worked out once for all tests."""
    return _found(json.dumps(changed))


@cache
def _found(changed: str) -> dict[tuple[str, str], dict[str, Any]]:
    return compared(json.loads(changed))


def standardised(columns: Any, train: Any) -> Any:
    return StandardScaler().fit(columns[train]).transform(columns)


@pytest.mark.parametrize(
    ("changed", "scaled"), [(CIRCLE, False), (TABLE, True), (DIGITS, False)], ids=["points", "table", "pictures"]
)
def test_classes_are_told_apart_as_scikit_learn_tells_them_apart(changed: dict[str, Any], scaled: bool) -> None:
    prepared = samples_of(checked(changed)).prepared
    told = found(changed)
    columns = prepared.inputs.reshape(len(prepared.inputs), -1)
    even = standardised(columns, prepared.train)
    authorities = {
        "logistic_regression": (LogisticRegression(max_iter=300), even),
        "nearest_neighbours": (KNeighborsClassifier(5), even if scaled else columns),
        "random_forest": (RandomForestClassifier(**FOREST), columns),
    }
    for kind, (estimator, given) in authorities.items():
        estimator.fit(given[prepared.train], prepared.targets[prepared.train])
        for split in ("train", "validation", "test"):
            rows = getattr(prepared, split)
            answers, truth = estimator.predict(given[rows]), prepared.targets[rows]
            metrics = told[kind, "raw"]["metrics"]
            assert metrics[f"{split}_accuracy"] == pytest.approx(accuracy_score(truth, answers), abs=0.006), kind
            assert metrics[f"{split}_macro_f1"] == pytest.approx(f1_score(truth, answers, average="macro"), abs=0.006)


@pytest.mark.parametrize("changed", [NUMBERS, CURVE], ids=["table", "line"])
def test_numbers_are_predicted_as_scikit_learn_predicts_them(changed: dict[str, Any]) -> None:
    prepared = samples_of(checked(changed)).prepared
    told = found(changed)
    train, columns = prepared.train, prepared.inputs
    authorities = {
        "linear_regression": LinearRegression(),
        "nearest_neighbours": KNeighborsRegressor(5),
        "random_forest": RandomForestRegressor(**FOREST, max_features="sqrt"),  # pyright: ignore[reportArgumentType] - typed float
    }
    for kind, estimator in authorities.items():
        estimator.fit(columns[train], prepared.targets[train, 0])
        for split in ("train", "validation", "test"):
            rows = getattr(prepared, split)
            answers, truth = estimator.predict(columns[rows]), prepared.targets[rows, 0]
            metrics = told[kind, "raw"]["metrics"]
            assert metrics[f"{split}_r2"] == pytest.approx(r2_score(truth, answers), abs=0.02), kind
            assert metrics[f"{split}_mae"] == pytest.approx(mean_absolute_error(truth, answers), rel=0.02)


def test_the_simplest_always_gives_the_same_answer() -> None:
    prepared = samples_of(checked(TABLE)).prepared
    most = np.bincount(prepared.targets[prepared.train]).argmax()
    metrics = found(TABLE)["most_frequent", "raw"]["metrics"]
    for split in ("train", "validation", "test"):
        assert metrics[f"{split}_accuracy"] == np.mean(prepared.targets[getattr(prepared, split)] == most)
    assert found(NUMBERS)["mean", "raw"]["metrics"]["train_r2"] == pytest.approx(0, abs=1e-6)


def test_metrics_are_named_as_those_of_the_task() -> None:
    for changed in (CIRCLE, NUMBERS):
        experiment = checked(changed)
        wanted = {
            f"{split}_{metric.name}"
            for split in ("train", "validation", "test")
            for metric in type(experiment.task).metrics
            if metric.name != "loss"
        }
        assert all(set(baseline["metrics"]) == wanted for baseline in found(changed).values())


def test_a_good_feature_takes_the_place_of_a_layer() -> None:
    told = found(CIRCLE)
    assert told["logistic_regression", "raw"]["metrics"]["test_accuracy"] < 0.7
    assert told["logistic_regression", "features"]["metrics"]["test_accuracy"] > 0.95
    curve = found(CURVE)
    assert curve["linear_regression", "raw"]["metrics"]["test_r2"] < 0.2
    assert curve["linear_regression", "features"]["metrics"]["test_r2"] > 0.8


def test_what_the_network_is_told_of_a_point_changes_no_baseline() -> None:
    other = document(dataset=CIRCLE["dataset"] | {"features": ["x1_squared"], "standardize": True})
    metrics = [{key: baseline["metrics"] for key, baseline in found(changed).items()} for changed in (CIRCLE, other)]
    assert metrics[0] == metrics[1]


def test_a_table_has_no_features_but_its_columns() -> None:
    told = baselines(TABLE, None, HERE)
    assert told["features"] is None
    assert {baseline["inputs"] for baseline in told["baselines"]} == {"raw"}
    assert baselines(DIGITS, None, HERE)["features"]


def test_features_of_a_picture_know_symmetry_brightness_and_edges() -> None:
    bright_top = np.zeros((1, 1, 8, 8))
    bright_top[:, :, :4] = 1
    bright_left = bright_top.swapaxes(2, 3)
    top, left = of_pictures(bright_top)[0], of_pictures(bright_left)[0]

    assert top[:8].tolist() == [1] * 4 + [0] * 4  # rows
    assert top[8:16].tolist() == [0.5] * 8  # columns
    assert top[16:18].tolist() == [-1, 0]  # upside down it differs, mirrored it does not
    assert left[16:18].tolist() == [0, -1]
    assert top.shape == (8 + 8 + 2 + 4 * 4 * 4,)
    directions = top[18:].reshape(4, 16).sum(axis=1), left[18:].reshape(4, 16).sum(axis=1)
    assert np.flatnonzero(directions[0]).tolist() == [2]  # an edge that runs across
    assert np.flatnonzero(directions[1]).tolist() == [0]  # one that runs down


def test_features_of_a_series_know_its_waves() -> None:
    moments = np.arange(128) / 128
    wave = 1 + np.sin(2 * np.pi * 3 * moments)
    told = of_series(wave[None, None])[0]
    assert told[:4] == pytest.approx([1, np.sqrt(0.5), 0, 2], abs=0.01)
    assert told[4] == pytest.approx(6 / 127, abs=0.01)  # it crosses its mean six times
    assert told[5:].argmax() == 2


def test_a_rule_answers_the_second_class_where_it_holds() -> None:
    prepared = samples_of(checked(CIRCLE)).prepared
    told = baselines(CIRCLE, "x1^2 + x2^2 < 6 and x1 > -9", HERE)
    inside = (prepared.raw**2).sum(axis=1) < 6
    assert told["names"] == [{"name": "x1", "title": "x₁"}, {"name": "x2", "title": "x₂"}]
    assert "x₁² + x₂² < 6" in told["rule"]["text"]
    for split in ("train", "validation", "test"):
        rows = getattr(prepared, split)
        assert told["rule"]["metrics"][f"{split}_accuracy"] == np.mean(inside[rows] == prepared.targets[rows])


def test_a_rule_speaks_of_a_tables_columns_by_their_names() -> None:
    prepared = samples_of(checked(TABLE)).prepared
    told = baselines(TABLE, "mean radius < 15 and worst texture < 30", HERE)
    names = [column["name"] for column in told["names"]]
    columns = prepared.raw[:, [names.index("mean radius"), names.index("worst texture")]]
    holds = (columns[:, 0] < 15) & (columns[:, 1] < 30)
    assert names == list(BreastCancer.columns)
    assert told["rule"]["metrics"]["test_accuracy"] == np.mean(holds[prepared.test] == prepared.targets[prepared.test])


def test_a_column_whose_name_means_something_else_gets_a_plain_one() -> None:
    columns = [Column(name=name, type="number") for name in ("年龄", "sin", "7", "a + b", "and", "Fare", "sex (0/1)")]
    goal = Column(name="lives", type="category", values=["no", "yes"])
    table = OwnTable(
        upload="u",
        rows=9,
        columns=[*columns, goal],
        input_columns=[column.name for column in columns],
        target_column="lives",
    )
    names = names_of(table)
    assert list(names.values()) == [column.name for column in columns]
    raw = np.arange(14.0).reshape(2, 7)
    for number, name in enumerate(names):
        given, _ = followed(table, raw, f"{name} > {raw[0, number] + 1}")
        assert given.tolist() == [0, 1], name


def test_the_numbers_of_a_category_are_told() -> None:
    columns = [Column(name="sex", type="category", values=["female", "male"]), Column(name="age", type="number")]
    goal = Column(name="lives", type="category", values=["no", "yes"])
    table = OwnTable(upload="u", rows=9, columns=[*columns, goal], input_columns=["sex", "age"], target_column="lives")
    assert spoken_of(table) == [
        {"name": "sex", "title": "sex", "values": ["female", "male"]},
        {"name": "age", "title": "age"},
    ]


def test_an_empty_cell_fulfils_no_rule() -> None:
    given, _ = followed(Circle(), np.array([[np.nan, 1], [1, 1]]), "x1 > 0")
    assert given.tolist() == [0, 1]


@pytest.mark.parametrize(
    ("changed", "rule", "said"),
    [
        (CIRCLE, "x1^2 + x2^2", "A rule says yes or no"),
        (CIRCLE, "x1 < (2", "never closed"),
        (CIRCLE, "__import__('os') > 0", "no meaning in a formula"),
        (CIRCLE, "", "no formula yet"),
        (document(dataset={"kind": "iris"}, loss={"kind": "cross_entropy"}), "x1 > 0", "no two classes"),
        (NUMBERS, "x1 > 0", "no two classes"),
        (DIGITS, "x1 > 0", "no two classes"),
    ],
)
def test_what_is_no_rule_here_is_told(changed: dict[str, Any], rule: str, said: str) -> None:
    with pytest.raises(Problem, match=said) as problem:
        baselines(changed, rule, HERE)
    assert problem.value.place == "/rule"


def test_where_there_can_be_no_rule_there_are_no_names() -> None:
    assert names_of(Iris()) == {}
    assert baselines(NUMBERS, None, HERE)["names"] == []


def test_masks_have_no_baselines() -> None:
    with pytest.raises(Problem, match="no baselines for masks"):
        baselines(masks_document(), None, HERE)


def test_of_many_samples_some_are_used_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not any(baseline["capped"] for baseline in compared(CIRCLE).values())
    monkeypatch.setattr(comparing, "MOST_SAMPLES", 100)
    told = compared(CIRCLE)
    assert {(baseline["samples"], baseline["capped"]) for baseline in told.values()} == {(100, True)}
    monkeypatch.setattr(comparing, "MOST_NUMBERS", 100)
    assert compared(CIRCLE)["random_forest", "raw"]["samples"] == 50


def test_what_has_no_time_left_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    assert baselines(CIRCLE, None, HERE)["complete"]
    monkeypatch.setattr(comparing, "ENOUGH", -1.0)
    told = baselines(CIRCLE, "x1 > 0", HERE)
    assert not told["complete"]
    assert told["baselines"] == []
    assert told["rule"]["metrics"]


def test_where_one_class_alone_is_learned_from_no_boundary_is_drawn() -> None:
    points = [[x, 0, 0] for x in range(-4, 5)] + [[0, 4, 1]]
    dataset = {"kind": "points", "points": points, "validation": 0, "test": 80}
    changed = document(dataset=dataset, training={"batch_size": 1})
    prepared = samples_of(checked(changed)).prepared
    assert prepared.targets[prepared.train].tolist() == [0, 0]
    assert {kind for kind, _ in found(changed)} == {"most_frequent", "nearest_neighbours", "random_forest"}


# ------------------------------------------------------------------------------------------ counting


def text_document(**dataset: Any) -> dict[str, Any]:
    return {
        "dataset": {"kind": "stories", "samples": 400, "window": 32, **dataset},
        "task": {"kind": "language_model"},
        "networks": {"main": {"layers": [{"kind": "embedding", "width": 8}, {"kind": "gru", "units": 8}]}},
        "loss": {"kind": "cross_entropy"},
    }


def by_hand(train: list[list[int]], held: list[list[int]], size: int, order: int) -> float:
    """Nats per token by Witten-Bell interpolation, one place after the other."""
    followers: dict[tuple[int, ...], Counter[int]] = defaultdict(Counter)
    for row in train:
        for at, token in enumerate(row):
            for before in range(min(at, order - 1) + 1):
                followers[tuple(row[at - before : at])][token] += 1

    def chance(context: tuple[int, ...], token: int) -> float:
        shorter = chance(context[1:], token) if context else 1 / size
        after = followers.get(context)
        if not after:
            return shorter
        return (after[token] + len(after) * shorter) / (after.total() + len(after))

    chances = [chance(tuple(row[max(at - order + 1, 0) : at]), row[at]) for row in held for at in range(1, len(row))]
    return float(-np.log(chances).mean())


@pytest.mark.parametrize("tokenizer", ["characters", "byte_pairs"])
def test_counting_is_witten_bell_interpolation_in_the_same_windows(tokenizer: str) -> None:
    changed = text_document(tokenizer={"kind": tokenizer, "size": 100})
    told = [baseline for (_, _), baseline in compared(changed).items()]
    prepared = samples_of(checked(changed)).prepared
    rows = np.hstack([prepared.inputs, prepared.targets[:, -1:]])
    size = len(prepared.vocabulary(checked(changed).dataset))
    assert [baseline["kind"] for baseline in told] == [f"order_{order}" for order in range(2, 8)]
    for order in (2, 3, 7):
        wanted = by_hand(rows[prepared.train].tolist(), rows[prepared.validation].tolist(), size, order)
        assert told[order - 2]["metrics"]["validation_loss"] == pytest.approx(wanted, rel=1e-9)
    learned = prepared.learned
    targets = prepared.targets[prepared.test]
    characters = targets.size if learned is None else len(learned.decoded(targets.ravel()).replace(UNKNOWN, "?"))
    metrics = told[0]["metrics"]
    bits = metrics["test_loss"] * targets.size / characters / np.log(2)
    assert metrics["test_bits_per_character"] == pytest.approx(bits)


def test_more_tokens_than_can_be_counted_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ngrams, "MOST_COUNTED", 33 * 100)
    baseline = next(iter(compared(text_document()).values()))
    assert (baseline["samples"], baseline["capped"]) == (100, True)
