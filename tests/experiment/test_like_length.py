"""Batches of like length: which data and which networks they fit, and what one click mends."""

from typing import Any

import pytest

from app.experiment.check import check
from app.experiment.patch import patched
from tests.experiment.checking import told

READING: list[dict[str, Any]] = [{"kind": "embedding", "width": 4}, {"kind": "lstm", "units": 5}]
LAST: dict[str, Any] = {"kind": "last_step"}


def document(*layers: dict[str, Any], **dataset: Any) -> dict[str, Any]:
    return {
        "dataset": dataset or {"kind": "reviews"},
        "task": {"kind": "classification"},
        "networks": {"main": {"layers": list(layers)}},
        "loss": {"kind": "cross_entropy"},
        "training": {"like_length": True},
    }


@pytest.mark.parametrize(
    "layers",
    [
        [*READING, LAST],
        [*READING, {"kind": "residual", "layers": READING[1:]}, {"kind": "mean_over_time"}],
        [READING[0], {"kind": "learned_position", "places": 64}, {"kind": "class_token"}, *READING[1:], LAST],
    ],
)
def test_a_network_that_reads_any_length_can_have_them(layers: list[dict[str, Any]]) -> None:
    assert told(document(*layers)) == []


@pytest.mark.parametrize(
    ("wrong", "place", "sentence"),
    [
        (document(kind="circle"), "/training/like_length", "These samples are all of one length already."),
        (
            document(*READING, {"kind": "flatten"}, {"kind": "linear", "units": 3}),
            "/networks/main/layers/3",
            "Linear is built for one length, so batches cannot be shorter.",
        ),
        (
            document(*READING),
            "/networks/main/head",
            "Linear is built for one length, so batches cannot be shorter.",
        ),
    ],
)
def test_what_does_not_fit_is_told_where_it_stands_and_one_click_mends_it(
    wrong: dict[str, Any], place: str, sentence: str
) -> None:
    assert told(wrong) == [(place, sentence)]
    (problem,) = check(wrong).problems
    assert told(patched(wrong, problem.fixes[0].edits)) == []
