"""Columns of one's own tables as series: their order, their gaps, their scale, and dates beside a forecast."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from pydantic import TypeAdapter

from app.experiment.check import check, checked
from app.parts.datasets import AnyDataset, Dataset
from app.parts.datasets.prepared import Prepared
from app.parts.problem import Problem
from app.training.building import build_networks
from app.training.data.samples import load, samples_of
from app.training.probes import PROBE_WORK, Look
from app.training.tasks import WORK
from tests.uploads.made import brought

DATASET: TypeAdapter[Dataset] = TypeAdapter(AnyDataset)
FIRST = date(2024, 1, 1)
VALUES = [float(number % 12) + number / 10 for number in range(200)]


def described(data: Path, values: list[float | None] | None = None, **changed: Any) -> dict[str, Any]:
    """The dataset of a table whose rows stand in another order than their dates."""
    shown = list(enumerate(VALUES if values is None else values))
    order = np.random.default_rng(0).permutation(len(shown))
    lines = [f"{FIRST + timedelta(shown[at][0])},{'' if shown[at][1] is None else shown[at][1]},x" for at in order]
    about = brought(data, "\n".join(["day,load,kind", *lines]).encode())
    return {
        "kind": "own_series",
        "upload": about["dataset"]["upload"],
        "rows": about["count"],
        "column": "load",
        "dates": "day",
        "earliest": FIRST.isoformat(),
        "window": 10,
        "samples": 190,
        **changed,
    }


def load_prepared(data: Path, document: dict[str, Any]) -> Prepared:
    dataset = DATASET.validate_python(document)
    dataset.check()
    return load(dataset, data)


def test_the_dates_say_what_follows_what(tmp_path: Path) -> None:
    prepared = load_prepared(tmp_path, described(tmp_path))
    np.testing.assert_allclose(prepared.raw[:, 0, 0], VALUES[:190])
    np.testing.assert_allclose(prepared.raw[-1, 0], VALUES[189:199])
    np.testing.assert_array_equal(prepared.moments, np.arange(200))
    assert prepared.train.max() < prepared.validation.min() <= prepared.validation.max() < prepared.test.min()


def test_of_more_values_the_newest_are_taken(tmp_path: Path) -> None:
    prepared = load_prepared(tmp_path, described(tmp_path, samples=60))
    np.testing.assert_allclose(prepared.raw[0, 0], VALUES[130:140])
    np.testing.assert_array_equal(prepared.moments, np.arange(130, 200))


def test_a_gap_takes_the_value_before_it(tmp_path: Path) -> None:
    gaps: list[float | None] = [None if number in (0, 7, 8, 150) else value for number, value in enumerate(VALUES)]
    prepared = load_prepared(tmp_path, described(tmp_path, gaps))
    np.testing.assert_allclose(prepared.raw[:9, 0, 0], [VALUES[1], *VALUES[1:7], VALUES[6], VALUES[6]])
    np.testing.assert_allclose(prepared.raw[150, 0, 0], VALUES[149])


def test_the_scale_is_that_of_the_training_part_alone(tmp_path: Path) -> None:
    prepared = load_prepared(tmp_path, described(tmp_path))
    known = np.array(VALUES[: len(prepared.train) + 10])
    np.testing.assert_allclose(prepared.unit, [known.mean(), known.std()])
    np.testing.assert_allclose(prepared.targets[:, 0], (np.array(VALUES[10:]) - known.mean()) / known.std(), rtol=1e-5)
    later = [value if number < len(known) else value * 100 for number, value in enumerate(VALUES)]
    other = load_prepared(tmp_path, described(tmp_path, list(later)))
    np.testing.assert_allclose(other.unit, prepared.unit)
    np.testing.assert_allclose(other.mean, prepared.mean)
    np.testing.assert_array_equal(other.inputs[prepared.train], prepared.inputs[prepared.train])


def experiment(dataset: dict[str, Any]) -> dict[str, Any]:
    return {
        "dataset": dataset,
        "task": {"kind": "forecasting"},
        "networks": {"main": {"layers": [{"kind": "gru", "units": 4, "gives": "last"}]}},
        "loss": {"kind": "mse"},
    }


def test_a_forecast_goes_on_in_the_units_of_the_data_with_its_dates(tmp_path: Path) -> None:
    steady = checked(experiment(described(tmp_path, [1000.0 + 3 * number for number in range(200)])))
    samples = samples_of(steady, tmp_path)
    look = Look(steady, build_networks(steady), samples, WORK["forecasting"](steady))
    with torch.no_grad():
        _, taken = PROBE_WORK["continuation"](look).take()
    arrays: dict[str, Any] = dict(taken)
    first = int(samples.prepared.validation[0])
    np.testing.assert_allclose(arrays["past"], 1000 + 3 * (first + np.arange(10)))
    np.testing.assert_allclose(arrays["truth"], 1010 + 3 * first + 20 + 3 * np.arange(len(arrays["truth"])), rtol=1e-5)
    np.testing.assert_allclose(arrays["linear"], arrays["truth"], rtol=1e-3)
    np.testing.assert_array_equal(arrays["days"], first + np.arange(10 + len(arrays["truth"])))


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"rows": 199}, "choose the table anew"),
        ({"column": "kind"}, "choose the table anew"),
        ({"column": "none of them"}, "choose the table anew"),
        ({"dates": "load"}, "choose the table anew"),
        ({"earliest": "2023-01-01"}, "choose the table anew"),
        ({"upload": "u0000000000000"}, "not on this server"),
        ({"upload": "../../etc/passwd"}, "not on this server"),
        ({"column": ""}, "choose the column of numbers"),
        ({"samples": 191}, "would take more"),
        ({"upload": ""}, "no table yet"),
    ],
)
def test_what_does_not_fit_the_table_is_told(tmp_path: Path, changed: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Problem) as caught:
        load_prepared(tmp_path, {**described(tmp_path), **changed, "samples": changed.get("samples", 150)})
    assert sentence in str(caught.value).lower()


def test_too_many_windows_are_mended_by_a_click(tmp_path: Path) -> None:
    [problem] = check(experiment(described(tmp_path, samples=500))).problems
    assert problem.place == "/dataset/samples"
    assert problem.fixes[0].edits[0].value == 190
