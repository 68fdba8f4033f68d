"""The record of a run: what it learned at which step, and nothing that follows the clock or a person's hand."""

from typing import Any

import pytest

from app.runs.record import digest, record

Event = dict[str, Any]


def measured(*steps: int, loss: float = 0.5) -> Event:
    return {"type": "measured", "columns": {"step": list(steps), "train_loss": [loss / step for step in steps]}}


def evaluated(step: int, loss: float = 0.5) -> Event:
    return {
        "type": "evaluated",
        "step": step,
        "epoch": step / 10,
        "metrics": {"train_loss": loss},
        "layers": {},
        "confusion": None,
    }


def applied(step: int, number: int, **command: Any) -> Event:
    return {"type": "command_applied", "step": step, "number": number, "command": command}


FINISHED: Event = {"type": "finished", "step": 4, "epoch": 0.4, "reason": "done", "sentence": {"template": "Done."}}
WHOLE: list[Event] = [
    measured(1, 2),
    evaluated(2),
    {"type": "frame_kept", "step": 2, "epoch": 0.2, "probes": ["surface"]},
    applied(2, 1, kind="set", path="/optimizer/lr", value=0.1),
    measured(3, 4),
    evaluated(4),
    FINISHED,
]


def test_the_record_has_a_row_for_each_step() -> None:
    kept = record(WHOLE)
    assert list(kept.measured) == [1, 2, 3, 4]
    assert kept.measured[4] == {"step": 4, "train_loss": 0.125}
    assert list(kept.evaluated) == [2, 4]
    assert kept.frames == {2}
    assert kept.commands == {1: (2, {"kind": "set", "path": "/optimizer/lr", "value": 0.1})}
    assert kept.finished == {"step": 4, "epoch": 0.4, "reason": "done"}


def test_rewinding_drops_later_steps_and_keeps_the_rest() -> None:
    kept = record([*WHOLE[:-1], {"type": "frame_kept", "step": 3}, {"type": "rewound", "step": 2}])
    assert list(kept.measured) == [1, 2]
    assert list(kept.evaluated) == [2]
    assert kept.frames == {2}
    assert list(kept.commands) == [1]


@pytest.mark.parametrize("step", [0, 1, 2, 3, 4])
def test_a_run_that_went_on_from_a_checkpoint_has_the_digest_of_one_that_never_stopped(step: int) -> None:
    later = [event for event in WHOLE[:-1] if event["type"] != "measured" and event["step"] > step]
    again = [measured(*range(step + 1, 5))] if step < 4 else []
    interrupted = [*WHOLE[:-1], {"type": "rewound", "step": step}, *again, *later, FINISHED]
    if step < 2:  # the command comes again, under the same number
        interrupted.insert(-1, WHOLE[3])
    assert digest(record(interrupted)) == digest(record(WHOLE))


@pytest.mark.parametrize(
    "event",
    [
        {"type": "speed", "step": 2, "steps_per_second": 1e4},
        {"type": "stepped", "step": 2, "loss_before": 1.0, "loss_after": 0.9},
        {"type": "warned", "step": 2, "what": "jumping"},
        {"type": "checkpoint_saved", "step": 2},
        {"type": "started", "attempt": 2},
        {"type": "paused", "step": 2},
        {"type": "resumed", "step": 2},
        applied(2, 2, kind="pause"),
        applied(2, 2, kind="resume"),
        applied(2, 2, kind="step", steps=1),
        applied(2, 2, kind="speed", value="watch"),
    ],
    ids=lambda event: event.get("command", {}).get("kind", event["type"]),
)
def test_what_follows_a_clock_or_a_hand_is_no_part_of_the_digest(event: Event) -> None:
    assert digest(record([*WHOLE[:3], event, *WHOLE[3:]])) == digest(record(WHOLE))


def test_in_what_pieces_it_was_measured_is_no_part_of_the_digest() -> None:
    assert digest(record([measured(1), measured(2, 3), measured(4), *WHOLE[1:4], *WHOLE[5:]])) == digest(record(WHOLE))


@pytest.mark.parametrize(
    ("number", "other"),
    [
        (0, measured(1, 2, loss=0.6)),
        (1, evaluated(2, loss=0.6)),
        (2, {"type": "frame_kept", "step": 1}),
        (3, applied(3, 1, kind="set", path="/optimizer/lr", value=0.1)),
        (3, applied(2, 1, kind="set", path="/optimizer/lr", value=0.2)),
        (6, FINISHED | {"reason": "stopped"}),
    ],
)
def test_what_was_learned_is_part_of_the_digest(number: int, other: Event) -> None:
    changed = [*WHOLE[:number], other, *WHOLE[number + 1 :]]
    assert digest(record(changed)) != digest(record(WHOLE))
