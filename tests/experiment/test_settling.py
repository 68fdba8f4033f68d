"""A choice in a document, and what makes the rest of it whole."""

from typing import Any

import pytest

from app.experiment.check import check
from app.experiment.choosing import other_tasks
from app.experiment.patch import patched
from app.experiment.presets import PRESETS
from app.experiment.settling import Settled, settled
from app.parts.datasets import DATASETS

BROUGHT = {"own_table", "own_series", "own_text", "own_pictures", "points"}  # hold no samples before they are brought
KINDS = [kind for kind in (part.kind_name() for part in DATASETS) if kind not in BROUGHT]
EXPERIMENTS = {preset.name: preset.experiment for preset in PRESETS}


def chosen(name: str, kind: str) -> tuple[dict[str, Any], Settled]:
    """A preset's document with another dataset in it, whole again."""
    document = {**EXPERIMENTS[name], "dataset": {"kind": kind}}
    found = settled(document)
    return patched(document, found.edits), found


@pytest.mark.parametrize("name", list(EXPERIMENTS))
def test_whatever_is_chosen_ends_in_a_document_that_trains(name: str) -> None:
    for kind in KINDS:
        document, found = chosen(name, kind)
        report = check(document)
        assert found.problems == report.problems == [], (name, kind)
        assert report.experiment
        for edits in other_tasks(report.experiment).values():
            assert settled(patched(document, edits)).problems == [], (name, kind)


def test_a_network_stays_where_one_layer_before_it_mends_it() -> None:
    document, found = chosen("two-spirals", "digits")
    assert [fix.title for fix in found.also] == ["Add Flatten before it"]
    assert document["networks"]["main"]["layers"][1:] == EXPERIMENTS["two-spirals"]["networks"]["main"]["layers"]


def test_a_network_that_cannot_stay_gives_way_and_the_reason_is_told() -> None:
    document, found = chosen("digits-convolution", "spiral")
    assert found.misfit
    assert str(found.misfit).startswith("Convolution 2-D takes a picture")
    assert document["networks"]["main"]["layers"][0]["kind"] == "linear"


def test_networks_begin_anew_when_asked_and_tokens_come_in_by_an_embedding() -> None:
    document = {**EXPERIMENTS["two-spirals"], "dataset": {"kind": "majority"}}
    found = settled(document, begin=True)
    kinds = [layer["kind"] for layer in patched(document, found.edits)["networks"]["main"]["layers"]]
    assert kinds[:2] == ["embedding", "flatten"]


def test_a_goal_is_watched_by_what_the_new_task_is_measured_by() -> None:
    goal = {"epochs": 5, "target": {"metric": "validation_accuracy", "value": 0.9}}
    document = {**EXPERIMENTS["two-spirals"], "dataset": {"kind": "curve"}, "training": goal}
    training = patched(document, settled(document).edits)["training"]
    assert training == {**goal, "target": {"metric": "validation_r2", "value": 0.9}}


@pytest.mark.parametrize("document", [None, 7, {}, {"dataset": {"kind": "spiral"}}, {"dataset": {"kind": "own_table"}}])
def test_what_is_no_experiment_is_told_as_the_checker_tells_it(document: Any) -> None:
    found = settled(document)
    assert found.edits == []
    assert [str(problem) for problem in found.problems] == [str(problem) for problem in check(document).problems] != []
