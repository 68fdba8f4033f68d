"""What is found in a table that somebody brought, and what is told of it."""

from pathlib import Path

import numpy as np
import pytest

from app.experiment.check import check
from app.experiment.patch import patched
from app.parts.datasets.own_table import OwnTable
from app.training.data.samples import load
from tests.uploads.made import brought, column, csv_of, experiment, said, table

# ------------------------------------------------------------------------------------------ what is found


def test_the_answer_holds_a_dataset_that_trains_as_it_is(tmp_path: Path) -> None:
    about = brought(tmp_path, table())
    assert check(experiment(about["dataset"])).problems == []
    prepared = load(OwnTable.model_validate(about["dataset"]), tmp_path)
    assert len(prepared.inputs) == about["count"] == 120
    assert np.isfinite(prepared.inputs).all()
    assert about["dataset"]["target_column"] == "came"


def test_every_column_says_its_type_its_gaps_and_its_range(tmp_path: Path) -> None:
    about = brought(tmp_path, table())
    assert {field["name"]: field["type"] for field in about["columns"]} == {
        "id": "number",
        "age": "number",
        "weather": "category",
        "day": "date",
        "places": "number",
        "came": "number",
    }
    assert column(about, "weather")["values"] == ["rain", "snow", "sun"]
    assert column(about, "weather")["missing"] == len(range(7, 120, 13))
    assert column(about, "came")["values"] == ["0", "1"]
    assert (column(about, "id")["low"], column(about, "id")["high"]) == (0, 119)
    assert column(about, "day")["earliest"] == column(about, "day")["low"] == "2024-01-10"
    assert column(about, "age")["examples"]


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (("1", "2.5", "-3e2"), "number"),
        (("1,5", "2,25", "1.234,5"), "number"),
        (("12%", "3.5 %"), "number"),
        (("2024-01-31", "2023-12-01"), "date"),
        (("31/01/2024", "15/02/2024"), "date"),
        (("01/31/2024", "02/15/2024"), "date"),
        (("31.01.2024 12:30", "15.02.2024 08:00"), "date"),
        (("2024年1月5日", "2024年12月25日"), "date"),
        (("5 Mar 2024", "17 Apr 2024"), "date"),
        (("0123", "0456"), "category"),
        (("true", "false"), "category"),
        (("男", "女"), "category"),
        (("=1+1", "=HYPERLINK(1)"), "category"),
    ],
)
def test_what_a_column_holds_is_told_by_its_cells(tmp_path: Path, cells: tuple[str, ...], kind: str) -> None:
    lines = [f"{cell};{number}" for number, cell in enumerate(cells * 20)]
    about = brought(tmp_path, "\n".join(["x;y", *lines]).encode())
    assert column(about, "x")["type"] == kind


def test_dates_are_days_since_the_earliest_and_keep_the_hour(tmp_path: Path) -> None:
    lines = ["2024-03-01T12:00,1", "2024-02-28,2", "2024-03-02T06:00:00Z,3"]
    about = brought(tmp_path, csv_of(*lines, header="when,y"))
    dataset = OwnTable.model_validate(about["dataset"])
    prepared = load(dataset, tmp_path)
    assert prepared.raw[:3, 0].tolist() == [2.5, 0.0, 3.25]  # 2024 is a leap year
    assert column(about, "when")["earliest"] == "2024-02-28"


@pytest.mark.parametrize(
    ("low", "high", "origin", "unit"),
    [(0, 6, 0, 1), (50_000, 900_000, 0, 100_000), (1990, 2020, 2000, 10), (0.001, 0.009, 0, 0.001)],
    ids=["as it stands", "prices", "years", "shares"],
)
def test_an_amount_is_predicted_in_a_unit_that_suits_it(
    tmp_path: Path, low: float, high: float, origin: float, unit: float
) -> None:
    values = np.linspace(low, high, 60).round(6)
    about = brought(tmp_path, csv_of(*(f"{number},{value}" for number, value in enumerate(values)), times=1))
    found = column(about, "b")
    assert (found["origin"], found["unit"]) == pytest.approx((origin, unit))
    dataset = OwnTable.model_validate(
        about["dataset"] | {"target_column": "b", "input_columns": ["a"], "amounts": True}
    )
    prepared = load(dataset, tmp_path)
    truth = np.sort(prepared.targets.ravel()) * found["unit"] + found["origin"]
    np.testing.assert_allclose(truth, np.sort(values), rtol=1e-5)
    assert np.abs(prepared.targets).max() < 12


def test_dates_that_may_be_read_in_two_ways_are_told(tmp_path: Path) -> None:
    about = brought(tmp_path, csv_of("03/04/2024,1", "05/06/2024,2", header="when,y"))
    [warning] = said(about)
    assert "“03/04/2024” is taken for 2024-04-03" in warning


def test_a_category_of_two_is_one_number_of_more_one_for_each_and_an_empty_cell_is_marked(tmp_path: Path) -> None:
    about = brought(tmp_path, csv_of("x,p,1", "y,q,2", "x,r,3", "y,,4", header="two,three,y"))
    dataset = OwnTable.model_validate(about["dataset"])
    assert dataset.input_names() == ["two = y", "three = p", "three = q", "three = r", "three = ?"]
    encoded = dataset.encode(load(dataset, tmp_path).raw)[:4]
    assert encoded[:, 0].tolist() == [0, 1, 0, 1]
    assert encoded[:3, 1:].tolist() == [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]]
    assert np.isnan(encoded[3, 1:4]).all()
    assert encoded[3, 4] == 1


def test_empty_cells_are_filled_from_the_training_rows_alone(tmp_path: Path) -> None:
    chance = np.random.default_rng(5)
    lines = [
        f"{'' if number % 3 == 0 else chance.normal(50, 20):.4}".rstrip()
        + f",{'' if number % 4 == 0 else 'abc'[int(chance.integers(3)) % (1 + number % 3)]},{number % 2}"
        if number % 3
        else f",{'abc'[int(chance.integers(3))]},{number % 2}"
        for number in range(90)
    ]
    about = brought(tmp_path, "\n".join(["x,c,y", *lines]).encode())
    dataset = OwnTable.model_validate({**about["dataset"], "standardize": False})
    prepared = load(dataset, tmp_path)
    train = prepared.raw[prepared.train]
    names = dataset.input_names()
    x = prepared.inputs[:, names.index("x")]
    gaps = np.isnan(prepared.raw[:, 0])
    assert np.allclose(x[gaps], np.nanmean(train[:, 0]), rtol=1e-6)
    assert not np.isclose(np.nanmean(train[:, 0]), np.nanmean(prepared.raw[:, 0]), rtol=1e-6)
    assert prepared.inputs[:, names.index("x = ?")].tolist() == gaps.tolist()
    most = np.bincount(train[~np.isnan(train[:, 1]), 1].astype(int)).argmax()
    filled = prepared.inputs[np.isnan(prepared.raw[:, 1])][:, [names.index(f"c = {letter}") for letter in "abc"]]
    assert (filled == np.eye(3)[most]).all()


def test_rows_with_gaps_can_be_left_out_and_the_document_knows_how_many_stay(tmp_path: Path) -> None:
    about = brought(tmp_path, table())
    for inputs, empty in ((["age", "weather"], {5, 7}), (["age"], {5}), (["places"], set[int]())):
        dataset = OwnTable.model_validate({**about["dataset"], "missing": "drop", "input_columns": inputs})
        gone = {row for row in range(120) if (row % 11 == 5 and 5 in empty) or (row % 13 == 7 and 7 in empty)}
        prepared = load(dataset, tmp_path)
        assert dataset.size() == len(prepared.raw) == 120 - len(gone)
        assert not np.isnan(prepared.raw).any()


def test_where_gaps_are_everywhere_rows_cannot_be_left_out_and_one_click_fills_them(tmp_path: Path) -> None:
    chance = np.random.default_rng(0)
    lines = [",".join("" if chance.random() < 0.5 else str(number) for _ in range(12)) for number in range(1000)]
    about = brought(tmp_path, "\n".join([",".join(f"c{number}" for number in range(12)), *lines]).encode())
    document = experiment({**about["dataset"], "missing": "drop"}, "regression", "mse")
    [problem] = check(document).problems
    assert problem.place == "/dataset/missing"
    assert check(patched(document, problem.fixes[0].edits)).problems == []


def test_a_number_of_few_whole_values_may_be_a_category_and_a_target_of_such_an_amount(tmp_path: Path) -> None:
    dataset = brought(tmp_path, table())["dataset"]
    columns = [{**field, "type": "category"} if field["name"] == "places" else field for field in dataset["columns"]]
    recast = OwnTable.model_validate({**dataset, "columns": columns, "input_columns": ["places"]})
    assert recast.input_names() == [f"places = {number}" for number in range(4)]
    assert load(recast, tmp_path).raw[:5, 0].tolist() == [0, 1, 2, 3, 0]
    classes = OwnTable.model_validate({**dataset, "target_column": "places", "input_columns": ["age"]})
    amount = classes.model_copy(update={"amounts": True})
    assert load(classes, tmp_path).targets[:5].tolist() == [0, 1, 2, 3, 0]
    assert load(amount, tmp_path).targets[:5].tolist() == [[0], [1], [2], [3], [0]]
    assert check(experiment(amount.model_dump(mode="json"), "regression", "mse")).problems == []


def test_what_is_no_number_among_numbers_counts_as_empty_and_is_told(tmp_path: Path) -> None:
    lines = [f"{'twelve' if number == 17 else number * 1.5},{number % 2}" for number in range(60)]
    about = brought(tmp_path, "\n".join(["x,y", *lines]).encode())
    assert (column(about, "x")["type"], column(about, "x")["missing"]) == ("number", 1)
    assert said(about) == ["What is no number in “x”, such as “twelve”, counts as empty: 1 ×."]


def test_numbers_that_no_float32_can_hold_count_as_empty(tmp_path: Path) -> None:
    lines = [f"{'1e300' if number == 3 else 'inf' if number == 5 else number},{number % 2}" for number in range(60)]
    about = brought(tmp_path, "\n".join(["x,y", *lines]).encode())
    assert column(about, "x")["missing"] == 2
    assert np.isfinite(load(OwnTable.model_validate(about["dataset"]), tmp_path).inputs).all()


# ------------------------------------------------------------------------------------------ warnings


def test_a_column_that_tells_the_target_is_told_and_one_click_leaves_it_out(tmp_path: Path) -> None:
    chance = np.random.default_rng(0)
    lines = [
        f"{chance.normal():.3f},{f'no {chance.integers(9)}' if number % 2 else ''},{'bought' if number % 2 else 'left'}"
        for number in range(200)
    ]
    about = brought(tmp_path, "\n".join(["visit,receipt,result", *lines]).encode())
    told = {target["name"]: target["warnings"] for target in about["targets"]}
    [leak] = told["result"]
    assert leak["values"] == {"column": "“receipt”", "target": "“result”", "percent": 100}
    document = experiment(about["dataset"])
    for edit in leak["fixes"][0]["edits"]:
        assert edit["path"] == "/dataset/input_columns"
        document["dataset"]["input_columns"] = edit["value"]
    assert document["dataset"]["input_columns"] == ["visit"]
    assert check(document).problems == []


def test_a_column_that_only_helps_is_not_called_a_leak(tmp_path: Path) -> None:
    about = brought(tmp_path, table(400))
    assert [target["warnings"] for target in about["targets"] if target["name"] == "came"] == [[]]


def test_a_column_that_counts_the_rows_is_told_and_not_offered(tmp_path: Path) -> None:
    about = brought(tmp_path, table())
    assert "“id” only counts the rows, so it is not offered as an input." in said(about)
    assert "id" not in about["dataset"]["input_columns"]


def test_double_and_missing_names_are_made_different_and_told(tmp_path: Path) -> None:
    about = brought(tmp_path, csv_of("1,2,3,4", "5,6,7,9", header="a,a,,b"))
    assert [field["name"] for field in about["columns"]] == ["a", "a (2)", "#3", "b"]
    assert said(about) == ["Several columns are called “a”; the later ones have a number now."]


def test_a_few_ragged_lines_are_left_out_and_told(tmp_path: Path) -> None:
    lines = [f"{number},{number % 2}" for number in range(100)]
    lines[40], lines[70] = "1", "1,2,3"
    about = brought(tmp_path, "\n".join(["x,y", *lines]).encode())
    assert about["count"] == 98
    assert said(about)[0] == "Left out because they do not have 2 values as others: 2 lines, the first is line 42."
