"""Tables that nobody can read, that mean harm, or that no longer fit their document: a sentence for each."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.experiment.check import check
from app.experiment.patch import patched
from app.parts.datasets.own_table import OwnTable
from app.parts.problem import Problem
from app.training.data.samples import load
from app.uploads.folder import UploadFolder
from tests.uploads.made import brought, column, csv_of, experiment, table, zipped

# ------------------------------------------------------------------------------------------ hostile and broken


HOSTILE = [
    pytest.param(b"", "This file is empty.", id="empty"),
    pytest.param(b" \n\n \t", "This file is empty.", id="blank"),
    pytest.param(b"a,b,c\n", "This table has the names of columns, but no rows.", id="header only"),
    pytest.param(b"a\n1\n2\n3\n", "Only one column was found.", id="one column"),
    pytest.param(csv_of("1,x", "1,x"), "Fewer than two columns", id="nothing changes"),
    pytest.param(b"a,b\n1,2\n\0\0,4\n", "This file holds bytes that no text has", id="NUL"),
    pytest.param(csv_of("1,2,3", "4", "5,6"), "lines do not have", id="ragged"),
    pytest.param(b"x," * 99_999 + b"y\n" + b"1," * 99_999 + b"2\n", "This table has 100000 columns", id="wide"),
    pytest.param(
        b",".join([b"c%d" % n for n in range(400)]) + b"\n" + (b"1," * 399 + b"2\n") * 9, "400 columns", id="400"
    ),
    pytest.param(b"a,b\n" + b"1,2\n" * 10_000_000, "more than 1000000 rows", id="long"),
    pytest.param(
        b"a,b\n" + b"x" * 5_000_000 + b",1\ny,2\n", "Line 2 has more than 500000 characters", id="one endless line"
    ),
    pytest.param(b"a,b\n" + b"x" * 140_000 + b",1\n", "Fewer than two columns", id="one long cell"),
    pytest.param(b"x" * 140_000, "Only one column was found.", id="one long line"),
    pytest.param(b'"' + (b"x" * 140_000 + b"\n") * 9, "Only one column was found.", id="a quote never closed"),
    pytest.param(b"%PDF-1.7\n%\xe2\xe3", "This is a PDF.", id="PDF"),
    pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a document of an office program", id="xls"),
    pytest.param(b"\x1f\x8b\x08\0", "compressed with gzip", id="gzip"),
    pytest.param(b"<!DOCTYPE html><html>", "This is a web page", id="HTML"),
    pytest.param(b'[{"a": 1}]', "This is JSON.", id="JSON"),
    pytest.param(b"PK\x03\x04" + bytes(50), "This zip is damaged", id="torn zip"),
    pytest.param(bytes(range(256)) * 50, "This file holds bytes that no text has", id="binary"),
    pytest.param(b"\x7fELF" + bytes(range(1, 256)) * 50, "", id="program"),
]


@pytest.mark.parametrize(("content", "sentence"), HOSTILE)
def test_what_cannot_be_read_is_told_in_a_sentence_and_leaves_nothing(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    with pytest.raises(Problem) as raised:
        brought(tmp_path, content)
    assert sentence in str(raised.value)
    left = {file.name for folder in (tmp_path / "uploads").iterdir() for file in folder.iterdir()}
    assert left == set()
    assert {path.name for path in tmp_path.iterdir()} == {"uploads"}


def test_a_table_with_very_long_texts_and_names_of_rows_is_read(tmp_path: Path) -> None:
    rows = (f"r{number},{number},{'x' * 140_000},{number % 3}" for number in range(3))
    about = brought(tmp_path, csv_of(*rows, header="amount,text,group"))
    assert [column["name"] for column in about["columns"]] == ["#1", "amount", "text", "group"]


def test_an_excel_workbook_that_is_called_csv_is_told(tmp_path: Path) -> None:
    workbook = zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})
    with pytest.raises(Problem, match="a document of an office program"):
        brought(tmp_path, workbook)


def test_a_table_that_begins_as_a_picture_or_a_zip_does_is_a_table_all_the_same(tmp_path: Path) -> None:
    for name in ("BMI", "PK"):
        about = brought(tmp_path, csv_of("21.5,1", "30.1,0", header=f"{name},sick"))
        assert about["columns"][0]["name"] == name


def test_formula_cells_are_text_and_nothing_more(tmp_path: Path) -> None:
    formulas = ('=HYPERLINK(""http://x.test"",""y"")', "=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0")
    about = brought(tmp_path, csv_of(*(f'"{formula}",{number}' for number, formula in enumerate(formulas))))
    assert sorted(column(about, "a")["values"]) == sorted(formula.replace('""', '"') for formula in formulas)


def test_names_that_look_like_sql_are_only_names(tmp_path: Path) -> None:
    name = "'; DROP TABLE t; --"
    about = brought(tmp_path, csv_of("1,\"x', 'y\"", "2,z", header=f'"{name}",b'))
    assert about["columns"][0]["name"] == name
    assert column(about, "b")["values"] == ["x', 'y", "z"]


@pytest.mark.parametrize("folder", ["my [data] *", "数据 folder", "with 'quotes'"])
def test_the_data_folder_may_have_any_name(tmp_path: Path, folder: str) -> None:
    about = brought(tmp_path / folder, table())
    assert about["count"] == 120


def test_names_in_any_script_survive_the_round_trip_in_nfc(tmp_path: Path) -> None:
    names = ["姓名", "الاسم", "नाम", "ชื่อ", "имя", "e\u0301tat", "👩‍🔬 lab", "größe (cm)"]
    line = ",".join(str(number) for number in range(len(names)))
    other = ",".join(str(number * 2 + 1) for number in range(len(names)))
    about = brought(tmp_path, csv_of(line, other, header=",".join(names)))
    expected = [name.replace("e\u0301", "é") for name in names]
    assert [field["name"] for field in about["columns"]] == expected
    dataset = OwnTable.model_validate_json(json.dumps(about["dataset"], ensure_ascii=False))
    assert [field.name for field in dataset.columns] == expected
    assert len(load(dataset, tmp_path).raw) == 20


def test_names_and_values_are_bounded(tmp_path: Path) -> None:
    about = brought(tmp_path, csv_of("1,0," + "v" * 500, "2,1," + "w" * 500, header="n" * 500 + "\u202e,y,b"))
    assert about["columns"][0]["name"] == "n" * 73 + "…"
    assert about["columns"][2]["type"] == "text"


# ------------------------------------------------------------------------------------------ documents and files apart


def changed(dataset: dict[str, Any], **settings: Any) -> OwnTable:
    return OwnTable.model_validate({**dataset, **settings})


def test_a_document_that_no_longer_fits_the_table_is_told(tmp_path: Path) -> None:
    dataset = brought(tmp_path, table())["dataset"]
    renamed = [{**field, "name": field["name"].replace("age", "years")} for field in dataset["columns"]]
    cases = [
        (changed(dataset, rows=60), "The table has 120 usable rows, where this experiment says 60."),
        (changed(dataset, columns=renamed, input_columns=["years"]), "The column “years” is no longer"),
        (changed(dataset, upload="u0000000000000"), "This data is not on this server, or it is not yours."),
        (changed(dataset, upload="../../etc/pass"), "This data is not on this server, or it is not yours."),
    ]
    for document, sentence in cases:
        with pytest.raises(Problem) as raised:
            load(document, tmp_path)
        assert sentence in str(raised.value)
        assert raised.value.place.startswith("/dataset")


def test_a_deleted_table_is_told(tmp_path: Path) -> None:
    dataset = brought(tmp_path, table())["dataset"]
    folder = UploadFolder.of(tmp_path, dataset["upload"])
    folder.table_file.unlink()
    with pytest.raises(Problem, match="not on this server"):
        load(changed(dataset), tmp_path)


@pytest.mark.parametrize(
    ("settings", "place"),
    [
        ({"upload": ""}, "/dataset/upload"),
        ({"target_column": "none"}, "/dataset/target_column"),
        ({"target_column": "day"}, "/dataset/target_column"),
        ({"input_columns": []}, "/dataset/input_columns"),
        ({"input_columns": ["age", "none"]}, "/dataset/input_columns"),
        ({"input_columns": ["age", "age"]}, "/dataset/input_columns"),
        ({"input_columns": ["age", "came"]}, "/dataset/input_columns"),
    ],
)
def test_a_choice_of_columns_that_makes_no_sense_is_a_problem_in_its_place(
    tmp_path: Path, settings: dict[str, Any], place: str
) -> None:
    document = experiment({**brought(tmp_path, table())["dataset"], **settings})
    [problem] = check(document).problems
    assert problem.place == place
    for fix in problem.fixes:
        assert check(patched(document, fix.edits)).problems == []


def test_free_text_is_neither_input_nor_target(tmp_path: Path) -> None:
    lines = [f"a remark of its own {number},{number},{number % 2}" for number in range(60)]
    dataset = brought(tmp_path, "\n".join(["remark,x,y", *lines]).encode())["dataset"]
    assert dataset["input_columns"] == [] or "remark" not in dataset["input_columns"]
    for settings in ({"input_columns": ["remark"]}, {"target_column": "remark", "input_columns": ["y"]}):
        [problem] = check(experiment({**dataset, **settings})).problems
        assert "free text" in str(problem)


def test_a_table_that_would_not_fit_into_memory_is_a_problem(tmp_path: Path) -> None:
    dataset = brought(tmp_path, table())["dataset"]
    values = [str(number) for number in range(50)]
    columns = [{"name": f"c{number}", "type": "category", "values": values} for number in range(10)]
    wide = {**dataset, "rows": 1_000_000, "columns": [*columns, dataset["columns"][-1]], "gaps": []}
    wide["input_columns"] = [field["name"] for field in columns]
    [problem] = [found for found in check(experiment(wide)).problems if found.place == "/dataset/input_columns"]
    assert "1000000 rows of 500 numbers" in str(problem)
