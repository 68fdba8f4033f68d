"""Which checkpoints of a run stay: the newest, the best, and some on the way."""

import json
from pathlib import Path
from typing import Any

from safetensors.torch import load_file

from app.runs.folder import RunFolder
from app.runs.log import EventReader
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
    assert "network.head.0.weight" in load_file(folder.checkpoints / f"{wanted}.safetensors")
    assert (folder.checkpoints / f"{saved[-1]}.safetensors").exists()


def test_every_checkpoint_on_disk_is_complete(tmp_path: Path) -> None:
    folder = new_run(tmp_path, document(training={"epochs": 40}))
    work(folder.path)

    tensors = {path.stem for path in folder.checkpoints.glob("*.safetensors")}
    values = {path.stem for path in folder.checkpoints.glob("*.json")} - {"best"}
    assert tensors == values
    assert len(tensors) < 40
