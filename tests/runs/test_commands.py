"""The log of commands: numbered by line, each once, whatever is sent twice, at once, or torn."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from pathlib import Path

import pytest
from pydantic import ValidationError

from app.runs.commands import COMMAND, CommandReader, Pause, Resume, Set, TakeSteps, append, as_recorded
from app.runs.folder import RunFolder
from tests.runs.folders import new_folder

PROCESSES, EACH = 8, 25
PAUSE, RESUME = Pause.model_validate({}), Resume.model_validate({})


def pause(named: str) -> Pause:
    return Pause.model_validate({"id": named})


def resume(named: str) -> Resume:
    return Resume.model_validate({"id": named})


def send_many(path: Path, sender: int) -> list[int]:
    """Commands of this sender's own, then one that all senders send."""
    folder = RunFolder(path)
    own = [
        append(folder, TakeSteps.model_validate({"id": f"{sender}-{number}", "steps": number + 1}))
        for number in range(EACH)
    ]
    return [*own, append(folder, pause("everyone's"))]


def test_a_command_s_number_is_its_line(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    assert [append(folder, PAUSE), append(folder, RESUME), append(folder, PAUSE)] == [1, 2, 3]
    reader = CommandReader(folder)
    assert [(number, command.kind) for number, command in reader.new()] == [(1, "pause"), (2, "resume"), (3, "pause")]
    assert reader.new() == []
    reader.close()


def test_a_command_sent_again_does_nothing_and_gives_the_old_number(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    numbers = [append(folder, command) for command in (pause("a"), resume("b"), resume("a"), pause("b"))]
    assert numbers == [1, 2, 1, 2]
    assert len(folder.commands_file.read_bytes().splitlines()) == 2


def test_eight_processes_at_once_lose_no_command_and_share_no_number(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, mp_context=fresh) as pool:
        answers = list(pool.map(send_many, [folder.path] * PROCESSES, range(PROCESSES)))
    shared = {numbers.pop() for numbers in answers}
    assert len(shared) == 1
    assert all(numbers == sorted(numbers) for numbers in answers)
    assert sorted([*shared, *chain(*answers)]) == list(range(1, PROCESSES * EACH + 2))
    reader = CommandReader(folder)
    told = {command.id: number for number, command in reader.new()}
    reader.close()
    assert told.pop("everyone's") in shared
    assert told == {f"{sender}-{n}": number for sender, own in enumerate(answers) for n, number in enumerate(own)}


@pytest.mark.parametrize("torn", [b"{", b'{"id":"b","kind":"pause"}', b'{"id":"' + b"b" * 500])
def test_a_torn_last_line_is_cut_off_by_the_next_command(tmp_path: Path, torn: bytes) -> None:
    folder = new_folder(tmp_path)
    append(folder, pause("a"))
    with folder.commands_file.open("ab") as file:
        file.write(torn)
    assert append(folder, resume("b")) == 2
    reader = CommandReader(folder)
    assert [(number, command.kind) for number, command in reader.new()] == [(1, "pause"), (2, "resume")]
    assert append(folder, pause("c")) == 3
    assert [(number, command.kind) for number, command in reader.new()] == [(3, "pause")]
    reader.close()


def test_a_command_that_comes_in_two_pieces_is_read_once_it_is_whole(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    reader = CommandReader(folder)
    with folder.commands_file.open("ab", buffering=0) as file:
        file.write(b'{"kind":"pa')
        assert reader.new() == []
        file.write(b'use"}\n{"kind"')
        assert reader.new() == [(1, PAUSE)]
        file.write(b':"resume"}\n')
        assert reader.new() == [(2, RESUME)]
    reader.close()


def test_the_record_keeps_what_was_asked_and_not_who_asked_or_when() -> None:
    sent = Set(id="x", seat="Ada", time=12.0, at_step=4, path="/optimizer/lr", value=0.03)
    assert as_recorded(sent) == {"kind": "set", "path": "/optimizer/lr", "value": 0.03}


@pytest.mark.parametrize(
    "text",
    [
        '{"kind":"jump"}',
        '{"kind":"pause","why":"tired"}',
        '{"kind":"step","steps":-1}',
        '{"kind":"set","path":"/optimizer/lr","value":NaN}',
        '{"kind":"set","weight":{"path":"/networks/../layers/0/bias","index":[0]},"value":1}',
        '{"kind":"set","weight":{"path":"/networks/main/layers/0/bias","index":[-1]},"value":1}',
        '{"kind":"set","weight":{"path":"/networks/main/layers/0","index":[0]},"value":1}',
    ],
)
def test_what_is_no_command_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        COMMAND.validate_json(text)
