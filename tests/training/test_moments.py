"""What is recorded stays bounded, however long a run is, and however dear an evaluation."""

from dataclasses import replace

import pytest

from app.experiment.check import checked
from app.training.recording.moments import DEAR, Moments, measure_stride
from tests.training.documents import document, layers

MILLION = 1_000_000


def rows(steps: int) -> int:
    return sum(step % measure_stride(step) == 0 for step in range(1, steps + 1))


@pytest.mark.slow
def test_a_million_steps_are_about_six_thousand_rows() -> None:
    assert 5_500 < rows(MILLION) < 6_500


def test_every_step_is_measured_to_begin_with() -> None:
    assert rows(1024) == 1024


@pytest.mark.parametrize(
    ("units", "samples"),
    [((8, 8), 500), ((256, 256), 2_000), ((1000, 1000, 1000), 5_000)],
    ids=["tiny", "wide", "huge"],
)
def test_evaluations_and_pictures_stay_within_their_share_of_the_steps(units: tuple[int, ...], samples: int) -> None:
    changed = document(dataset={"kind": "spiral", "samples": samples}, networks={"main": {"layers": layers(*units)}})
    experiment = checked(changed)
    placed = experiment.placed()
    moments = Moments.of(experiment, placed)
    steps = 1 << 17
    evaluations = sum(moments.evaluates(step) for step in range(steps))
    frames = sum(moments.keeps_frame(step) for step in range(steps))
    checkpoints = sum(moments.saves(step) for step in range(steps))

    one_to_each_doubling = 18
    assert (evaluations - one_to_each_doubling) * moments.evaluation < 0.04 * steps
    assert (frames - 2 * one_to_each_doubling) * moments.frame < 0.02 * steps
    assert 10 <= checkpoints <= 4 * 17
    assert moments.evaluates(0) == (moments.evaluation < DEAR)
    assert moments.keeps_frame(0)


def test_what_the_compiled_loop_trains_by_itself_keeps_one_picture_and_checkpoint_to_each_doubling() -> None:
    quickest, eager = (checked(document(training={"stepper": stepper})) for stepper in ("quickest", "eager"))
    quick, usual = (Moments.of(experiment, experiment.placed()) for experiment in (quickest, eager))
    steps = range(1, 1 << 14)
    assert [step for step in steps if quick.keeps_frame(step)] == [1 << power for power in range(14)]
    assert [step for step in steps if quick.saves(step)] == [1 << power for power in range(4, 14)]
    assert all(quick.evaluates(step) == usual.evaluates(step) for step in steps)
    assert sum(usual.keeps_frame(step) for step in steps) > 20


def test_a_dear_evaluation_waits_and_is_taken_at_powers_of_four_until_it_is_affordable() -> None:
    dear = Moments(evaluation=20.0, frame=1.0, checkpoint=1.0)
    assert [step for step in range(500) if dear.evaluates(step)] == [64, 256]
    assert [step for step in range(4097, 8193) if dear.evaluates(step)] == [5120, 6144, 7168, 8192]
    dearer = Moments(evaluation=33.0, frame=1.0, checkpoint=1.0)
    assert [step for step in range(500) if dearer.evaluates(step)] == [256]


@pytest.mark.parametrize("evaluation", [0.5, 3.0, 5.0, 50.0])
def test_next_happening_misses_none(evaluation: float) -> None:
    experiment = checked(document())
    placed = experiment.placed()
    moments = replace(Moments.of(experiment, placed), evaluation=evaluation)
    due = [at for at in range(1, 4097) if moments.evaluates(at) or moments.keeps_frame(at) or moments.saves(at)]
    for step in range(3000):
        assert moments.next_happening(step) <= next(at for at in due if at > step)
