"""`trainyard train experiment.json --data DIR` on data that somebody brought, and on the operator's files."""

import asyncio
import json
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from app.executors.local import LocalExecutor
from app.uploads.example import passengers
from app.uploads.operator import NOTE
from tests.test_cli import newest, trainyard, typed
from tests.uploads.made import brought, operators_files, pictures
from tests.web.house import serving_in

DENSE = [{"kind": "linear", "units": 8}, {"kind": "tanh"}]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Generator[Path]:
    """A data folder with one launcher for all tests; it is gone at the end."""
    folder = tmp_path_factory.mktemp("yard") / "data"
    yield folder
    if folder.exists():
        asyncio.run(LocalExecutor(folder).shutdown())


def written(folder: Path, dataset: dict[str, Any], layers: list[dict[str, Any]]) -> Path:
    """An experiment in a file, as a person would save it."""
    file = folder / "experiment.json"
    document = {
        "dataset": dataset,
        "task": {"kind": "classification"},
        "networks": {"main": {"layers": layers}},
        "loss": {"kind": "cross_entropy"},
        "optimizer": {"kind": "adam", "lr": 0.02},
        "training": {"epochs": 12, "batch_size": 20},
    }
    file.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    return file


def test_what_was_sent_to_a_server_is_trained_on_from_the_command_line_without_it(tmp_path: Path, data: Path) -> None:
    with serving_in(data, end_launcher=False) as server, server.client() as client:
        answer = client.post("/api/datasets", files={"file": ("乘客.csv", passengers().encode("gb18030"))}).json()
    dataset = answer["dataset"] | {
        "input_columns": [name for name in answer["dataset"]["input_columns"] if name != "lifeboat"]
    }
    told = trainyard("train", written(tmp_path, dataset, DENSE), "--data", data)
    assert told.returncode == 0, told.stderr
    assert "All 12 epochs are done" in told.stdout
    majority = 0.6
    events = [json.loads(line) for line in newest(data).events_file.read_text().splitlines()]
    metrics = [event["metrics"] for event in events if event["type"] == "evaluated"][-1]
    assert metrics["test_accuracy"] > majority + 0.12


def test_pictures_and_the_operator_s_sets_are_found_too(tmp_path: Path, data: Path) -> None:
    data.mkdir(exist_ok=True)
    operators_files(data)
    for dataset in (brought(data, pictures(20))["dataset"], {"kind": "mnist", "samples": 100}):
        told = trainyard("train", written(tmp_path, dataset, [{"kind": "flatten"}]), "--data", data)
        assert told.returncode == 0, told.stderr


@pytest.mark.parametrize("kind", ["own_table", "own_pictures"])
def test_data_that_is_not_in_the_folder_is_told_before_anything_is_made(tmp_path: Path, kind: str) -> None:
    data = tmp_path / "data"
    from_elsewhere = brought(tmp_path / "other", passengers().encode() if kind == "own_table" else pictures(20))
    layers = DENSE if kind == "own_table" else [{"kind": "flatten"}]
    told = typed("train", written(tmp_path, from_elsewhere["dataset"], layers), "--data", data)
    assert told.exit_code == 1
    assert "/dataset/upload" in told.stderr
    assert "This data is not on this server" in told.stderr
    assert not data.exists()


def test_files_that_the_operator_does_not_have_end_the_run_with_a_sentence(tmp_path: Path, data: Path) -> None:
    (data / NOTE).unlink(missing_ok=True)
    told = trainyard("train", written(tmp_path, {"kind": "mnist"}, [{"kind": "flatten"}]), "--data", data)
    assert told.returncode == 2
    assert "This server has no files of MNIST" in told.stdout
    assert "Traceback" not in told.stdout + told.stderr
    assert "Traceback" not in (data / "launcher.log").read_text()
