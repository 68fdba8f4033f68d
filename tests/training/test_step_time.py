"""How long a step takes: what is told beside the time, and that nothing stays changed behind it."""

from pathlib import Path
from typing import Any

import pytest
import torch

from app.experiment.check import checked
from app.parts.problem import Problem
from app.parts.questions.step_time import StepTime
from app.runs.folder import RunFolder
from app.training.asking.replies import step_time
from app.training.asking.replies.step_time import StepTimeReply, all_threads
from app.training.asking.trained import Trained
from tests.training.test_language_model import GPT, LSTM, stories


def told(folder: Path, *layers: dict[str, Any], **settings: Any) -> list[Any]:
    """The parts of a reply about a network that tells letters."""
    found = Trained(checked(stories(*layers)), {}, 0, 0.0)
    return list(StepTimeReply(RunFolder(folder), found, StepTime(**settings)).parts())


@pytest.mark.parametrize("threads", [1, 2])
def test_it_is_measured_on_one_thread_and_on_all_and_there_are_as_many_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, threads: int
) -> None:
    monkeypatch.setattr(step_time, "all_threads", lambda: threads)
    asked: list[int] = []
    measure = step_time._step

    def step(*given: Any) -> float:
        asked.append(torch.get_num_threads())
        return measure(*given)

    monkeypatch.setattr(step_time, "_step", step)
    before = torch.get_num_threads()
    with torch.no_grad():  # as replies are taken
        layers, *parts = told(tmp_path, LSTM, longest=32)
    assert layers == {"layers": ["embedding", "lstm"]}
    assert [part["length"] for part in parts] == [16, 32]
    assert [[timing["count"] for timing in part["threads"]] for part in parts] == [[*range(1, threads + 1)]] * 2
    assert set(asked) == set(range(1, threads + 1))
    assert torch.get_num_threads() == before
    assert all_threads() >= 1


def test_what_takes_too_long_is_the_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(step_time, "TOO_LONG", 0.0)
    _, first, last = told(tmp_path, LSTM, longest=512)
    assert first["length"] == 16
    assert last == {"stopped": 16}


def test_the_chain_of_attention_is_as_long_at_every_length_but_it_multiplies_with_the_square(tmp_path: Path) -> None:
    _, first, second, third = told(tmp_path, GPT, longest=64, batch_size=1)
    assert first["chain"] == second["chain"] == third["chain"]
    squares = [
        third["multiply_adds"] - 2 * second["multiply_adds"],
        second["multiply_adds"] - 2 * first["multiply_adds"],
    ]
    assert squares == [4 * squares[1], 2 * 16**2 * 2 * 8]  # two sums over each pair of places, eight numbers wide


def test_a_sequence_that_is_longer_than_the_positions_is_told(tmp_path: Path) -> None:
    experiment = checked(stories({"kind": "learned_position", "places": 20}, GPT))
    found = StepTimeReply(RunFolder(tmp_path), Trained(experiment, {}, 0, 0.0), StepTime()).parts()
    assert next(found) == {"layers": ["embedding", "learned_position", "transformer_block"]}
    assert next(found)["length"] == 16
    with pytest.raises(Problem) as refused:
        next(found)
    assert refused.value.place.startswith("/longest")
    assert refused.value.values == {"length": 32, "known": 20}
