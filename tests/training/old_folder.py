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
    return {json.loads((one.path / "labels.json").read_bytes())["name"]: one for one in folders}


def trained_on() -> list[dict[str, Any]]:
    """The events of "Paused" as the program of version 1 trained it to its end."""
    return [json.loads(line) for line in (FIXTURE / "trained_on.jsonl").read_bytes().splitlines()]


def same_arithmetic() -> bool:
    """Whether this machine rounds as the one that wrote `trained_on.jsonl`."""
    processor = Path("/proc/cpuinfo")
    intel = processor.exists() and "GenuineIntel" in processor.read_text()
    return intel and torch.backends.cpu.get_cpu_capability() == "AVX512" and torch.__version__.startswith("2.13.0")


def assert_alike(one: Record, other: Record) -> None:
    """Both records tell of the same training, up to rounding."""
    assert one.measured.keys() == other.measured.keys()
    assert one.evaluated.keys() == other.evaluated.keys()
    assert (one.frames, one.commands, one.finished) == (other.frames, other.commands, other.finished)
    for step, row in one.measured.items():
        assert row == pytest.approx(other.measured[step], rel=1e-3, abs=1e-4)
    for step, row in one.evaluated.items():
        assert row["metrics"] == pytest.approx(other.evaluated[step]["metrics"], rel=1e-3, abs=1e-4)
        assert row["layers"].keys() == other.evaluated[step]["layers"].keys()
