"""Runs that an older version wrote: they are read as this version writes, and train on as their own program did."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from safetensors import safe_open

from app.experiment.check import checked
from app.experiment.upgrades import upgraded_event
from app.parts.layers.stack import unfolded
from app.runs.folder import RunFolder
from app.runs.frames import decode
from app.runs.log import EventReader
from app.runs.migrating import migrate, of_today
from app.runs.record import digest, record
from app.training.asking.new_samples import predictions
from app.training.building import weights_of
from app.training.worker import work
from tests.runs.folders import read_events
from tests.training.building import build_network
from tests.training.old_folder import NAMES, assert_alike, same_arithmetic, trained_on, unpacked
from tests.training.running import order

OLD_DIGEST = "69cf7089d0906579f810cd1b87593795eb985385e5f715bbbcbe4f0dc7dddb9f"


def test_old_record_has_the_digest_that_its_program_wrote_down() -> None:
    assert digest(record(trained_on())) == OLD_DIGEST


def test_paused_run_of_version_1_trains_on_as_its_own_program_did(tmp_path: Path) -> None:
    folder = unpacked(tmp_path)["Paused"]
    order(folder, kind="resume", id="on")

    assert work(folder.path) == 0

    told, expected = record(EventReader(folder).events()), record(upgraded_event(event) for event in trained_on())
    assert_alike(told, expected)
    if same_arithmetic():
        assert digest(told) == digest(expected)


def test_nothing_in_a_migrated_folder_is_named_as_in_version_1(tmp_path: Path) -> None:
    for folder in unpacked(tmp_path).values():
        assert of_today(folder)
        for name in names_in(folder):
            assert not name.startswith(("/layers", "/head", "network.", "optimizer.", "best.")), name


def test_migrated_folder_is_whole(tmp_path: Path) -> None:
    runs = unpacked(tmp_path)
    assert set(runs) == set(NAMES)
    for folder in runs.values():
        before = sizes(folder)
        assert of_today(folder)
        assert sizes(folder).keys() == before.keys()
        experiment = checked(folder.document())
        addresses = {placed.path for placed in unfolded(experiment.placed())}
        for event in read_events(folder):  # each is an event of today
            assert set(getattr(event, "layers", {})) <= addresses
        weights = weights_of(build_network(experiment), "main")
        for file in folder.checkpoints.glob("*.safetensors"):
            assert {name for name in tensors(file) if name[0] == "/" and ":" not in name} == set(weights)
    assert len(predictions(runs["Two moons"], [[0.5, -0.5]])["outputs"]) == 1


def test_migrating_again_or_after_half_of_it_changes_nothing_more(tmp_path: Path) -> None:
    folder = unpacked(tmp_path)["Paused"]
    old = folder.experiment_file.read_bytes()
    migrate(folder)
    once = contents(folder)
    migrate(folder)
    assert contents(folder) == once
    folder.experiment_file.write_bytes(old)  # as if it had been cut short just before its end
    migrate(folder)
    assert contents(folder) == once


def test_damaged_files_of_an_old_folder_stay_and_the_rest_is_read(tmp_path: Path) -> None:
    folder = unpacked(tmp_path)["Two moons"]
    damaged = (next(folder.checkpoints.glob("*.safetensors")), next(folder.frames.glob("*/*.tyf.z")))
    for file in damaged:
        file.write_bytes(b"{")
    lines = folder.events_file.read_bytes().splitlines(keepends=True)
    folder.events_file.write_bytes(b"".join([*lines[:2], b"nonsense\n", *lines[2:], b'{"torn']))

    assert of_today(folder)

    assert [file.read_bytes() for file in damaged] == [b"{", b"{"]
    now = folder.events_file.read_bytes().splitlines(keepends=True)
    assert (now[2], now[-1], len(now)) == (b"nonsense\n", b'{"torn', len(lines) + 2)


def test_folder_that_a_worker_holds_is_left_alone(tmp_path: Path) -> None:
    folder = unpacked(tmp_path)["Paused"]
    before = contents(folder)
    with folder.lock():
        assert not of_today(folder)
    assert contents(folder) == before


@pytest.mark.parametrize("name", NAMES)
def test_record_of_an_old_run_is_the_same_but_for_its_names(tmp_path: Path, name: str) -> None:
    folder = unpacked(tmp_path)[name]
    old = record(upgraded_event(event) for event in EventReader(folder).events())
    assert of_today(folder)
    assert digest(record(EventReader(folder).events())) == digest(old)


def contents(folder: RunFolder) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.path.rglob("*")) if path.is_file()}


def sizes(folder: RunFolder) -> dict[str, int]:
    return {path: len(content) for path, content in contents(folder).items()}


def tensors(file: Path) -> list[str]:
    opened: Any = safe_open(file, "np")
    with opened as content:
        return list(content.keys())


def names_in(folder: RunFolder) -> Iterator[str]:
    """Every string and key of JSON, every array and tensor."""
    for log in (folder.events_file, folder.commands_file, *folder.checkpoints.glob("*.json"), folder.experiment_file):
        for line in log.read_bytes().splitlines():
            yield from strings(json.loads(line))
    for file in folder.checkpoints.glob("*.safetensors"):
        yield from tensors(file)
    for shown in folder.live.glob("*.tyf"):
        frame = decode(shown.read_bytes())
        yield from strings(frame.about)
        yield from (name.rpartition(":")[2] for name in frame.arrays)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from strings(inner)
