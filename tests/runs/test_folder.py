"""The folder of a run: its name, its lock, who looks, and files that are whole at every moment."""

import json
import os
import threading
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.runs.folder import ALPHABET, WATCH_LASTS, RunFolder, is_id, new_id, write_whole
from tests.runs.folders import new_folder


def test_names_sort_by_the_time_they_were_made(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    for milliseconds in (1, 2, 1_000, 1_700_000_000_000, 1_700_000_000_001, 2**43 - 1):
        monkeypatch.setattr(time, "time", lambda now=milliseconds: now / 1000)
        made.append(new_id())
    assert made == sorted(made)
    assert all(map(is_id, made))


def test_names_of_one_moment_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time", lambda: 1_700_000_000.0)
    assert new_id() != new_id()  # 22 bits of chance


@pytest.mark.parametrize(
    "text",
    ["", "r", "../../etc/passwd", "r............/", "r0123456789ab/", "r0123456789ab.", "R0123456789abc",
     "r0123456789abcd", "r0123456789abi", "r0123456789abC", "r0123456789ab\n", "r0123456789ab\0", "r012345678９abc",
     "x0123456789abc"],
)  # fmt: skip
def test_what_could_lead_elsewhere_is_no_name(text: str) -> None:
    assert not is_id(text)


@settings(deadline=None)
@given(st.text(max_size=20) | st.text(f"r{ALPHABET}./\\", min_size=14, max_size=14))
def test_whatever_is_a_name_is_one_plain_folder(text: str) -> None:
    if is_id(text):
        assert (Path("runs") / text).resolve().parent == Path("runs").resolve()
        assert set(text) <= set(ALPHABET)


def test_a_new_folder_is_complete(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    assert folder.document() == {"seed": 1}
    about = folder.about()
    assert (about["id"], about["owner"]) == (folder.id, "local")
    assert folder.events_file.read_bytes() == folder.commands_file.read_bytes() == b""
    assert all(path.is_dir() for path in (folder.live, folder.frames, folder.checkpoints))
    assert not folder.locked()


def test_the_lock_says_who_is_alive_and_lets_in_only_one(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    with folder.lock():
        assert folder.locked()
        with pytest.raises(BlockingIOError), RunFolder(folder.path).lock():
            pytest.fail("two hold the same run")
    assert not folder.locked()
    assert not RunFolder(tmp_path / "gone").locked()


def test_watching_wears_off(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    assert folder.watched() == []
    folder.watch(["surface", "weights"])
    assert folder.watched() == ["surface", "weights"]
    past = time.time() - WATCH_LASTS - 1
    os.utime(folder.watched_file, (past, past))
    assert folder.watched() == []


def test_a_file_is_whole_at_every_moment(tmp_path: Path) -> None:
    file = tmp_path / "one.json"
    write_whole(file, json.dumps([0] * 20_000).encode())
    seen: set[int] = set()
    ended = threading.Event()

    def read_on() -> None:
        while not ended.is_set():
            seen.add(len(set(json.loads(file.read_bytes()))))

    reader = threading.Thread(target=read_on)
    reader.start()
    for number in range(100):
        write_whole(file, json.dumps([number] * 20_000).encode(), lasting=number == 99)
    ended.set()
    reader.join(timeout=10)
    assert seen <= {1}
    assert json.loads(file.read_bytes())[0] == 99
    assert [path.name for path in tmp_path.iterdir()] == ["one.json"]
