"""The data folder of version 1 in `tests/fixtures/version_1`, unpacked for a test."""

import json
import tarfile
from pathlib import Path
from typing import Any

import pytest
import torch

from app.runs.folder import RunFolder
from app.runs.record import Record

FIXTURE = Path(__file__).parents[1] / "fixtures" / "version_1"
NAMES = ("Two moons", "Residual, diverged", "Sigmoids that learn nothing", "Masks", "Paused")


def unpacked(data: Path) -> dict[str, RunFolder]:
    """The runs of the old folder, unpacked into `data`, by name."""
    with tarfile.open(FIXTURE / "data.tar.xz") as archive:
        archive.extractall(data, filter="data")
    folders = [RunFolder(path) for path in sorted((data / "runs").iterdir())]
    return {json.loads((folder.path / "labels.json").read_bytes())["name"]: folder for folder in folders}


def trained_on() -> list[dict[str, Any]]:
    """The events of "Paused" as the program of version 1 trained it to its end."""
    return [json.loads(line) for line in (FIXTURE / "trained_on.jsonl").read_bytes().splitlines()]


def same_arithmetic() -> bool:
    """Whether this machine rounds as the one that wrote `trained_on.jsonl`."""
    processor = Path("/proc/cpuinfo")
    intel = processor.exists() and "GenuineIntel" in processor.read_text()
    return intel and torch.backends.cpu.get_cpu_capability() == "AVX512" and torch.__version__.startswith("2.13.0")


def assert_alike(first: Record, second: Record) -> None:
    """Both records tell of the same training, up to rounding."""
    assert first.measured.keys() == second.measured.keys()
    assert first.evaluated.keys() == second.evaluated.keys()
    assert (first.frames, first.commands, first.finished) == (second.frames, second.commands, second.finished)
    for step, row in first.measured.items():
        assert row == pytest.approx(second.measured[step], rel=1e-3, abs=1e-4)
    for step, row in first.evaluated.items():
        assert row["metrics"] == pytest.approx(second.evaluated[step]["metrics"], rel=1e-3, abs=1e-4)
        assert row["layers"].keys() == second.evaluated[step]["layers"].keys()
