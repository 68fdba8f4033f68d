"""Rows of losses: each stands for the same steps, however these were cut into chunks."""

import random
from typing import Any

import numpy as np
import pytest

from app.training.recording.measuring import Measuring

STEPS = 5000
LOSSES = np.random.default_rng(3).normal(size=STEPS).astype(np.float32)
OTHERS, RATES = np.random.default_rng(4).random((2, STEPS))
EPOCHS = np.arange(1, STEPS + 1) / 30


def rows(cuts: list[int]) -> dict[str, list[Any]]:
    """All rows, with a chunk from each of these steps to the next."""
    measuring, whole = Measuring(("loss", "other")), dict[str, list[Any]]()
    for begun, end in zip([0, *cuts], [*cuts, STEPS], strict=True):
        losses = {"loss": LOSSES[begun:end], "other": OTHERS[begun:end]}
        columns = measuring.rows(begun + 1, losses, EPOCHS[begun:end], RATES[begun:end], last=end == STEPS)
        for name, values in columns.items():
            whole.setdefault(name, []).extend(values)
    return whole


def test_rows_stand_for_one_step_and_then_for_ever_more() -> None:
    told = rows([])
    assert told["step"][:1024] == list(range(1, 1025))
    assert told["step"][1024:1028] == [1026, 1028, 1030, 1032]
    assert told["step"][-2:] == [4992, 5000]
    at = told["step"].index(4104)  # of 8 steps each
    part = LOSSES[4096:4104].tolist()
    assert told["train_loss"][at] == pytest.approx(sum(part) / 8, rel=1e-5)
    assert told["train_loss_min"][at] == pytest.approx(min(part), rel=1e-5)
    assert told["train_loss_max"][at] == pytest.approx(max(part), rel=1e-5)
    assert told["train_other"][at] == pytest.approx(OTHERS[4096:4104].mean(), rel=1e-5)
    assert told["learning_rate"][at] == pytest.approx(RATES[4103], rel=1e-5)
    assert told["epoch"][at] == pytest.approx(4104 / 30, rel=1e-5)


@pytest.mark.parametrize("seed", range(5))
def test_rows_do_not_depend_on_chunks(seed: int) -> None:
    cuts = sorted(random.Random(seed).sample(range(1, STEPS), 60))
    assert rows(cuts) == rows([])


def test_a_row_that_is_begun_waits_until_it_is_full_or_the_last_step_is_taken() -> None:
    measuring = Measuring(("loss",))
    begun = {"loss": LOSSES[:2050]}
    assert measuring.rows(1, begun, EPOCHS[:2050], RATES[:2050], last=False)["step"][-1] == 2048
    assert measuring.state() == {"waiting": LOSSES[2048:2050].tolist()}
    more = {"loss": LOSSES[2050:2051]}
    [step] = measuring.rows(2051, more, EPOCHS[2050:2051], RATES[2050:2051], last=True)["step"]
    assert step == 2051
    assert measuring.state() == {"waiting": []}
