"""Which checkpoints of a run stay: the newest, the best, and some on the way."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from safetensors.torch import load_file

from app.runs.folder import RunFolder
from app.runs.log import EventReader
from app.training.recording.moments import FIRST_CHECKPOINT, LARGE_CHECKPOINT
from app.training.running.ending import NO_ROOM, OWN_ROOM
from app.training.running.room import RESERVE
from app.training.worker import work
from tests.training.documents import document, layers
from tests.training.running import new_run

# Few noisy points and many neurons: the validation loss falls, and rises again.
OVERFITTING = document(
    dataset={"kind": "moons", "samples": 100, "noise": 0.8, "validation": 40},
    networks={"main": {"layers": layers(64, 64, activation="relu")}},
    training={"epochs": 300},
)


def told(folder: RunFolder, kind: str) -> list[dict[str, Any]]:
    return [event for event in EventReader(folder).events() if event["type"] == kind]


def test_the_best_checkpoint_stays_when_training_goes_on_too_long(tmp_path: Path) -> None:
    folder = new_run(tmp_path, OVERFITTING)
    work(folder.path)

    losses = {event["step"]: event["metrics"]["validation_loss"] for event in told(folder, "evaluated")}
    saved = [event["step"] for event in told(folder, "checkpoint_saved")]
    wanted = min((step for step in saved if step in losses), key=lambda step: losses[step])
    best = json.loads((folder.checkpoints / "best.json").read_bytes())
    assert best["step"] == wanted < saved[-1]
    assert abs(best["loss"] - losses[wanted]) < 1e-5
    assert [event["step"] for event in told(folder, "checkpoint_saved") if event["best"]][-1] == wanted
    assert "/networks/main/head/0/weight" in load_file(folder.checkpoints / f"{wanted}.safetensors")
    assert (folder.checkpoints / f"{saved[-1]}.safetensors").exists()


def test_every_checkpoint_on_disk_is_complete(tmp_path: Path) -> None:
    folder = new_run(tmp_path, document(training={"epochs": 40}))
    work(folder.path)

    tensors = {path.stem for path in folder.checkpoints.glob("*.safetensors")}
    values = {path.stem for path in folder.checkpoints.glob("*.json")} - {"best"}
    assert tensors == values
    assert len(tensors) < 40


def test_of_large_checkpoints_only_the_newest_and_the_best_stay(tmp_path: Path) -> None:
    wide = document(networks={"main": {"layers": layers(700, 700)}}, training={"epochs": 2, "batch_size": 2})
    folder = new_run(tmp_path, wide)
    work(folder.path)
    assert len(told(folder, "checkpoint_saved")) > 2
    files = list(folder.checkpoints.glob("*.safetensors"))
    assert len(files) <= 2
    assert min(file.stat().st_size for file in files) >= LARGE_CHECKPOINT


@pytest.mark.parametrize("cause", ["disk", "quota"])
def test_run_without_room_ends_in_a_sentence_and_its_network_is_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cause: str
) -> None:
    folder = new_run(tmp_path, document(training={"epochs": 400}))
    if cause == "quota":
        folder.overdrawn_file.touch()
    else:
        nearly_full = shutil.disk_usage(tmp_path)._replace(free=RESERVE - 1)
        monkeypatch.setattr("app.training.running.room.shutil.disk_usage", lambda _path: nearly_full)
    work(folder.path)
    [end] = told(folder, "finished")
    assert end["reason"] == "over_limit"
    assert end["sentence"]["template"] == {"disk": NO_ROOM, "quota": OWN_ROOM}[cause]
    assert [event["step"] for event in told(folder, "checkpoint_saved")] == [end["step"]] == [FIRST_CHECKPOINT]
    assert (folder.checkpoints / f"{FIRST_CHECKPOINT}.safetensors").exists()
