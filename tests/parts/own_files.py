"""A data folder for tests of parts: own files and the operator's sets, read by the real reader."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from app.parts.datasets.cifar10 import Cifar10
from app.parts.datasets.mnist import Mnist
from app.parts.datasets.own_pictures import OwnPictures
from app.parts.datasets.own_series import OwnSeries
from app.parts.datasets.own_table import OwnTable
from app.parts.datasets.own_text import OwnText
from app.parts.part import Part
from tests.uploads.made import brought, operators_files, pictures, table


@cache
def data() -> Path:
    """The folder, made once for all tests of a process."""
    folder = Path(tempfile.mkdtemp(prefix="trainyard-parts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    operators_files(folder)
    return folder


def _text(last: str = ".") -> dict[str, Any]:
    """What is said of a text whose letters all stand in each of its lines."""
    return brought(data(), f"one and two are three{last} 一加二等于三\n".encode() * 60, dataset="own_text")


@cache
def examples() -> dict[type[Part], Part]:
    """A part of each kind that needs files, in which every setting has something to do."""
    described: dict[str, Any] = brought(data(), table())["dataset"]
    return {
        OwnTable: OwnTable.model_validate({**described, "missing": "drop"}),
        OwnPictures: OwnPictures.model_validate({**brought(data(), pictures(50))["dataset"], "side": 12}),
        OwnSeries: OwnSeries.model_validate(
            {
                "upload": described["upload"],
                "rows": described["rows"],
                "column": "age",
                "dates": "day",
                "earliest": next(column["earliest"] for column in described["columns"] if column["name"] == "day"),
                "samples": 60,
                "window": 8,
            }
        ),
        OwnText: OwnText.model_validate({**_text()["dataset"], "samples": 100, "window": 8}),
        Mnist: Mnist(samples=200),
        Cifar10: Cifar10(samples=60),
    }


@cache
def others() -> dict[tuple[str, str], list[Any]]:
    """Other values of their settings, which no schema tells: by kind and setting."""
    own_table: Any = examples()[OwnTable]
    as_category = [
        column.model_copy(update={"type": "category"}) if column.name == "places" else column
        for column in own_table.columns
    ]
    shown: Any = examples()[OwnPictures]
    written: Any = examples()[OwnText]
    fewer = [shown.classes[0].model_copy(update={"count": 3}), *shown.classes[1:]]
    return {
        ("own_table", "upload"): [brought(data(), table(seed=1))["dataset"]["upload"]],
        ("own_table", "rows"): [own_table.rows - 1],
        ("own_table", "columns"): [[column.model_dump() for column in as_category]],
        ("own_table", "gaps"): [[]],
        ("own_table", "input_columns"): [["weather", "age"]],
        ("own_table", "target_column"): ["places"],
        ("own_series", "upload"): [
            own_table.upload.replace(own_table.upload[-1], "0" if own_table.upload[-1] != "0" else "1")
        ],
        ("own_series", "rows"): [own_table.rows - 1],
        ("own_series", "column"): ["places"],
        ("own_series", "dates"): [""],
        ("own_series", "earliest"): ["2000-01-01"],
        ("own_text", "upload"): [_text("!")["dataset"]["upload"]],
        ("own_text", "characters"): [written.characters - 1],
        ("own_text", "different"): [written.different + 1],
        ("own_pictures", "upload"): [brought(data(), pictures(50, seed=1))["dataset"]["upload"]],
        ("own_pictures", "classes"): [[label.model_dump() for label in fewer]],
    }
