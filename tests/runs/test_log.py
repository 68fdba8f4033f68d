"""The log of events: numbered without gaps, read while it grows, whole again after a crash."""

import json
import math
import os
from pathlib import Path

import pytest

from app.runs.events import Paused, Queued, Resumed
from app.runs.log import EventReader, EventWriter, received, sendable
from tests.runs.folders import new_folder, read_events


def test_events_are_numbered_from_1_without_gaps_by_one_writer_after_another(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    first = EventWriter(folder)
    first.write(Queued, owner="local")
    first.write(Paused, step=3)
    first.close()
    second = EventWriter(folder)
    assert second.seq == 2
    second.write(Resumed, step=3)
    second.close()
    events = read_events(folder)
    assert [event.seq for event in events] == [1, 2, 3]
    assert [type(event) for event in events] == [Queued, Paused, Resumed]


@pytest.mark.parametrize("torn", [b"{", b'{"seq":2,"type":"paused","step":1}', '{"a":"训'.encode()[:-1]])
def test_a_torn_last_line_is_never_read_and_the_next_writer_cuts_it_off(tmp_path: Path, torn: bytes) -> None:
    folder = new_folder(tmp_path)
    writer = EventWriter(folder)
    writer.write(Queued, owner="local")
    writer.close()
    with folder.events_file.open("ab") as file:
        file.write(torn)
    reader = EventReader(folder)
    assert [event["type"] for event in reader.events()] == ["queued"]
    writer = EventWriter(folder)
    writer.write(Paused, step=7)
    writer.close()
    assert [(event["seq"], event["type"]) for event in reader.events()] == [(2, "paused")]
    assert [event.seq for event in read_events(folder)] == [1, 2]


def test_a_reader_gives_each_event_once_while_the_log_grows(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    writer, reader = EventWriter(folder), EventReader(folder)
    assert reader.events() == []
    for step in range(5):
        writer.write(Paused, step=step)
        writer.write(Resumed, step=step)
        assert [event["step"] for event in reader.events()] == [step, step]
        assert reader.events() == []
        assert reader.seq == writer.seq == 2 * (step + 1)
    writer.close()


def test_half_a_line_waits_until_it_is_whole(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    reader = EventReader(folder)
    line = json.dumps({"seq": 1, "text": "学习率"}, ensure_ascii=False).encode() + b"\n"
    for number in range(len(line)):
        with folder.events_file.open("ab") as file:
            file.write(line[number : number + 1])
        assert len(reader.lines()) == (number == len(line) - 1)


@pytest.mark.parametrize("most", [1, 40, 1000])
def test_however_little_is_read_at_a_time_every_line_comes_whole(tmp_path: Path, most: int) -> None:
    folder = new_folder(tmp_path)
    writer, reader = EventWriter(folder), EventReader(folder)
    for step in range(20):
        writer.write(Paused, step=10**step)
    writer.close()
    lines: list[bytes] = []
    while some := reader.lines(most):
        lines += some
    assert [json.loads(line)["step"] for line in lines] == [10**step for step in range(20)]


def test_a_run_without_a_log_has_nothing_to_tell(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    folder.events_file.unlink()
    assert EventReader(folder).events() == []


@pytest.mark.parametrize("number", [0.5, -0.0, math.inf, -math.inf, math.nan])
def test_every_number_travels_as_json(number: float) -> None:
    sent = json.loads(json.dumps(sendable(number), allow_nan=False))
    assert received(sent) == number or (math.isnan(received(sent)) and math.isnan(number))


def test_a_line_that_the_disk_has_only_half_room_for_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = new_folder(tmp_path)
    writer = EventWriter(folder)
    writer.write(Paused, step=1)
    before = folder.events_file.read_bytes()
    with monkeypatch.context() as patched:
        whole = os.write
        patched.setattr(os, "write", lambda file, line: whole(file, line[: len(line) // 2]))
        with pytest.raises(OSError, match="No space left"):
            writer.write(Paused, step=2)
    assert folder.events_file.read_bytes() == before
    writer.write(Paused, step=3)
    assert [event["seq"] for event in EventReader(folder).events()] == [1, 2]
