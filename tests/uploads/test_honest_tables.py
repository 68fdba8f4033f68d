"""Tables as people really have them: every cell is read as its writer meant it, or it is told that it was not."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.parts.datasets.own_table import OwnTable
from app.parts.problem import Problem
from app.parts.shapes import Classes
from app.training.data.samples import load
from tests.uploads.made import brought, column, said


def values(data: Path, about: dict[str, Any], name: str) -> list[float]:
    """What the cells of a column were read as, in the order of the file; NaN where empty."""
    with np.load(data / "uploads" / about["dataset"]["upload"] / "table.npz") as file:
        return file[f"c{[field['name'] for field in about['columns']].index(name)}"].tolist()


def file_of(header: str, *rows: str, times: int = 1) -> bytes:
    return "\n".join([header, *rows * times, ""]).encode()


# ------------------------------------------------------------------------------------------ numbers


@pytest.mark.parametrize("mark", ["\t", ";"])
def test_thousands_are_told_by_the_decimal_points_of_other_columns(tmp_path: Path, mark: str) -> None:
    rows = [
        f"{amount}{mark}{share}" for amount, share in (("1,319", 0.25), ("960", 0.5), ("2,450", 1), ("12,000", 0.75))
    ]
    about = brought(tmp_path, file_of(f"amount{mark}share", *rows))
    assert values(tmp_path, about, "amount") == [1319, 960, 2450, 12000]
    assert column(about, "amount")["reading"]["format"] == "1,234.5"
    assert {"raw": "1,319", "value": "1319"} in column(about, "amount")["reading"]["read"]


def test_a_decimal_point_among_decimal_commas_is_read_as_one_and_told(tmp_path: Path) -> None:
    rows = [f"{number},5;{number % 2}" for number in range(40)]
    rows[7] = "12.5;1"
    about = brought(tmp_path, file_of("x;y", *rows))
    assert values(tmp_path, about, "x")[6:9] == [6.5, 12.5, 8.5]
    assert said(about) == ["Written with another decimal mark than the rest of “x”, and read so: 1, such as “12.5”."]


def test_what_nothing_in_the_file_decides_is_told_and_a_person_may_say_it(tmp_path: Path) -> None:
    content = file_of("x;y", "1,319;1", "2,450;2", "3,700;1", "5,000;2")
    about = brought(tmp_path, content)
    assert values(tmp_path, about, "x")[0] == 1.319
    assert said(about) == ["The numbers in “x” may be read in two ways; “1,319” is taken for 1.319."]
    about = brought(tmp_path, content, reading={"columns": {"x": {"format": "1,234.5"}}})
    assert values(tmp_path, about, "x") == [1319, 2450, 3700, 5000]
    assert said(about) == []


@pytest.mark.parametrize(
    ("cells", "read", "unit"),
    [
        (("$1,200", "$950", "-$3.50"), (1200, 950, -3.5), "$"),
        (("€3", "€4.5", "€ 5"), (3, 4.5, 5), "€"),
        (("(5)", "7", "(1,250)"), (-5, 7, -1250), ""),
        (("3 kg", "4.5 kg", "10kg"), (3, 4.5, 10), "kg"),
        (("45%", "3.5 %", "100%"), (45, 3.5, 100), "%"),
        (("−5", "−0.5", "3"), (-5, -0.5, 3), ""),
        (("1,5E+03", "2,5E-01", "3,25"), (1500, 0.25, 3.25), ""),
        (("1.234,5", "12,25", "1.000.000"), (1234.5, 12.25, 1_000_000), ""),
        (("1 234,5", "1\u00a0000,25", "7\u202f000"), (1234.5, 1000.25, 7000), ""),
        (("1'234.5", "2’000", "3.5"), (1234.5, 2000, 3.5), ""),
        (("1,23,456", "12,34,567.5", "3"), (123_456, 1_234_567.5, 3), ""),
        (("0,319", "0,250", "0,125"), (0.319, 0.25, 0.125), ""),
    ],
)
def test_numbers_are_read_however_they_are_written(
    tmp_path: Path, cells: tuple[str, ...], read: tuple[float, ...], unit: str
) -> None:
    rows = [f"{cell};{number % 2}" for number, cell in enumerate(cells * 4)]
    about = brought(tmp_path, file_of("x;y", *rows))
    assert values(tmp_path, about, "x")[:3] == list(read)
    assert (column(about, "x")["type"], column(about, "x")["measure"]) == ("number", unit)


def test_amounts_in_different_units_are_no_numbers(tmp_path: Path) -> None:
    about = brought(tmp_path, file_of("x,y", "3 kg,1", "500 g,2", "2 kg,1", "250 g,2", times=5))
    assert column(about, "x")["type"] == "category"


def test_thousands_marks_in_a_few_cells_are_numbers(tmp_path: Path) -> None:
    rows = [f"{number};{number % 2}" for number in range(100)]
    rows[50], rows[51] = "1,500;0", "2,250;1"
    about = brought(tmp_path, file_of("x;y;", *[row + ";0.5" for row in rows]))
    assert values(tmp_path, about, "x")[49:53] == [49, 1500, 2250, 52]
    assert column(about, "x")["missing"] == 0


def test_a_leading_zero_among_ages_is_a_number_and_codes_are_categories(tmp_path: Path) -> None:
    rows = [
        f"{age},{code},{age % 2}"
        for age, code in zip(range(10, 50), ("00501", "10001", "94110", "07030") * 10, strict=True)
    ]
    rows[3] = "05,00501,1"
    about = brought(tmp_path, file_of("age,zip,y", *rows))
    assert values(tmp_path, about, "age")[2:5] == [12, 5, 14]
    assert (column(about, "zip")["type"], column(about, "zip")["values"][0]) == ("category", "00501")


def test_a_column_of_tiny_numbers_is_standardised_like_any_other(tmp_path: Path) -> None:
    chance = np.random.default_rng(0)
    numbers = chance.normal(5, 2, 200) * 1e-9
    rows = [f"{number!r},{'high' if number > 5e-9 else 'low'}" for number in numbers.tolist()]
    about = brought(tmp_path, file_of("x,y", *rows))
    prepared = load(OwnTable.model_validate(about["dataset"]), tmp_path)
    inputs = prepared.inputs[prepared.train]
    assert inputs.std() == pytest.approx(1, abs=1e-3)
    assert inputs.mean() == pytest.approx(0, abs=1e-3)


# ------------------------------------------------------------------------------------------ empty cells


@pytest.mark.parametrize("word", ["n.a.", "<NA>", "missing", ".", "(blank)", "#REF!"])
def test_words_for_nothing_are_empty_at_any_share_and_listed(tmp_path: Path, word: str) -> None:
    rows = [f"{word if number % 2 else number * 1.5},{number % 3}" for number in range(30)]
    about = brought(tmp_path, file_of("x,y", *rows))
    found = column(about, "x")
    assert (found["type"], found["missing"]) == ("number", 15)
    assert found["reading"]["emptied"] == [{"raw": word, "count": 15}]


def test_none_and_missing_are_words_among_words(tmp_path: Path) -> None:
    about = brought(tmp_path, file_of("drinks,luggage,y", "None,found,1", "Some,missing,2", "Many,found,3", times=5))
    assert column(about, "drinks")["values"] == ["Many", "None", "Some"]
    assert column(about, "luggage")["values"] == ["found", "missing"]


def test_a_person_says_what_is_empty(tmp_path: Path) -> None:
    content = file_of("x,y", "1,1", "-99,2", "3,1", "4,2", times=5)
    about = brought(tmp_path, content, reading={"columns": {"x": {"empty": ["-99"]}}})
    assert column(about, "x")["missing"] == 5
    assert column(about, "x")["reading"]["emptied"] == [{"raw": "-99", "count": 5}]


def test_rows_without_any_value_are_told(tmp_path: Path) -> None:
    about = brought(tmp_path, file_of("x,y", "1,1", ",", "3,2", ",", "4,3"))
    assert about["count"] == 3
    assert said(about) == ["Rows without any value are left out: 2."]


# ------------------------------------------------------------------------------------------ names of columns


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        ("name,2020,label", ["Ann,12.5,yes", "Bob,13.5,no", "Cid,11.5,yes", "Dee,9,no"]),
        ("city,2019,2020,2021", ["Bonn,5,6,7", "Köln,8,9,10", "Ulm,3,4,4", "Jena,2,2,3"]),
        ("0,1,2,3", ["red,1.5,3,yes", "blue,2.5,4,no", "red,3.5,9,no", "blue,7,7,yes"]),
        ("0,1,2,3", ["0.5,0,1,red", "1.5,1,2,blue", "2.5,2,4,red", "3.5,3,6,blue"]),
        (",0,1,2", ["0,5.5,red,1", "1,4.5,blue,0", "2,3.5,red,1", "3,9,blue,0"]),
        ("colour,taste", ["red,sweet", "green,sour", "red,sour", "green,sweet"]),
    ],
)
def test_years_and_running_numbers_are_names(tmp_path: Path, header: str, rows: list[str]) -> None:
    about = brought(tmp_path, file_of(header, *rows, times=6))
    assert about["header"]
    wanted = [name or "#1" for name in header.split(",")]
    assert [field["name"] for field in about["columns"]] == wanted
    assert about["count"] == 24


@pytest.mark.parametrize(
    "rows",
    [
        ["red,sweet", "green,sour", "red,sour", "green,sweet"],
        ["5.1,3.5,yes", "4.9,3.0,no", "6.2,3.1,yes", "5.5,2.2,no"],
        ["1,2,3", "4,5,6", "7,8,9"],
    ],
)
def test_a_first_row_that_is_data_is_kept(tmp_path: Path, rows: list[str]) -> None:
    about = brought(tmp_path, "\n".join(rows * 6).encode())
    assert not about["header"]
    assert about["count"] == 6 * len(rows)
    assert about["columns"][0]["name"] == "#1"


def test_a_person_says_whether_there_are_names(tmp_path: Path) -> None:
    content = file_of("1,2", "3,4", "5,6", "7,9", times=3)
    assert brought(tmp_path, content, reading={"header": True})["columns"][0]["name"] == "1"
    assert brought(tmp_path, content, reading={"header": False})["count"] == 10


# ------------------------------------------------------------------------------------------ the shape of a file


def test_a_comma_behind_the_names_alone_adds_no_column(tmp_path: Path) -> None:
    about = brought(tmp_path, file_of("x,y,", "1,2", "3,4", "5,7", times=5))
    assert ([field["name"] for field in about["columns"]], about["count"]) == (["x", "y"], 15)


def test_row_names_of_r_are_a_column(tmp_path: Path) -> None:
    about = brought(tmp_path, file_of("mpg,cyl", "Mazda,21,6", "Datsun,22.8,4", "Duster,14.3,8", times=5))
    assert [field["name"] for field in about["columns"]] == ["#1", "mpg", "cyl"]
    assert values(tmp_path, about, "mpg")[:3] == [21, 22.8, 14.3]


def test_columns_aligned_by_spaces_are_columns(tmp_path: Path) -> None:
    rows = [" 5.1   3.5   setosa", " 4.9   3.0   setosa", "10.2   3.1   virginica", " 5.5  12.2   virginica"]
    about = brought(tmp_path, file_of("length width  kind", *rows, times=5))
    assert [field["name"] for field in about["columns"]] == ["length", "width", "kind"]
    assert values(tmp_path, about, "length")[:4] == [5.1, 4.9, 10.2, 5.5]


# ------------------------------------------------------------------------------------------ dates and choices


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        (("13/09/24", "01/09/24"), [12, 0]),
        (("09-Jan-24", "12-Jan-24"), [0, 3]),
        (("20240109", "20240112"), [0, 3]),
        (("2024-01-09 10:30 PM", "2024-01-10 12:00 AM"), [0.9375, 1]),
        (("9 Jan 2024 6:00 am", "9 Jan 2024 12:00 pm"), [0.25, 0.5]),
    ],
)
def test_dates_are_read_however_they_are_written(tmp_path: Path, cells: tuple[str, ...], days: list[float]) -> None:
    rows = [f"{cell};{number % 3}" for number, cell in enumerate(cells * 4)]
    about = brought(tmp_path, file_of("when;y", *rows))
    assert column(about, "when")["type"] == "date"
    assert values(tmp_path, about, "when")[:2] == pytest.approx(days)


def test_the_order_of_dates_is_asked_where_both_fit(tmp_path: Path) -> None:
    content = file_of("when,y", "01/09/24,1", "02/10/24,2", "03/11/24,1", times=3)
    about = brought(tmp_path, content)
    assert column(about, "when")["reading"]["orders"] == ["dmy", "mdy", "ymd"]
    assert "“01/09/24” is taken for 2024-09-01" in said(about)[0]
    about = brought(tmp_path, content, reading={"columns": {"when": {"order": "mdy"}}})
    assert column(about, "when")["low"] == "2024-01-09"
    assert said(about) == []


def test_whole_numbers_as_target_are_classes_or_amounts_as_one_chooses(tmp_path: Path) -> None:
    rows = [f"{number * 0.37:.2f},{number % 12}" for number in range(120)]
    about = brought(tmp_path, file_of("x,months", *rows))
    dataset = OwnTable.model_validate(about["dataset"])
    assert (dataset.target_column, dataset.amounts) == ("months", True)
    assert [str(number) for number in range(12)] == dataset.goal().values
    classes = dataset.model_copy(update={"amounts": False})
    target = classes.target()
    assert isinstance(target, Classes)
    assert target.names == tuple(str(number) for number in range(12))
    assert load(classes, tmp_path).targets[:3].tolist() == [0, 1, 2]


def test_a_column_of_up_to_a_thousand_values_may_be_a_category(tmp_path: Path) -> None:
    rows = [f"{number},{number % 700}" for number in range(2100)]
    about = brought(tmp_path, file_of("x,code", *rows), reading={"columns": {"code": {"type": "category"}}})
    assert column(about, "code")["values"][:3] == ["0", "1", "2"]
    assert len(column(about, "code")["values"]) == 700
    rows = [f"{number},{number}" for number in range(1100)]
    with pytest.raises(Problem, match="1100 different values"):
        brought(tmp_path, file_of("x,code", *rows), reading={"columns": {"code": {"type": "category"}}})


def test_a_person_says_what_a_column_is(tmp_path: Path) -> None:
    content = file_of("x,code,y", "1,12,1", "two,13,2", "3,14,1", times=5)
    about = brought(tmp_path, content, reading={"columns": {"x": {"type": "number"}, "code": {"type": "text"}}})
    assert (column(about, "x")["type"], column(about, "x")["missing"]) == ("number", 5)
    assert column(about, "code")["type"] == "text"
    with pytest.raises(Problem, match="No cell of “x” can be read as"):
        brought(tmp_path, file_of("x,y", "a,1", "b,2", times=5), reading={"columns": {"x": {"type": "number"}}})
